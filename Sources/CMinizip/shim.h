// zlib and minizip as the system has them (Debian and Ubuntu: zlib1g-dev, libminizip-dev).
#include <zlib.h>
#include <minizip/unzip.h>
// Writing is for the tests, which make their archives with it.
#include <minizip/zip.h>
