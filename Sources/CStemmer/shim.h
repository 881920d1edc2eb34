// Snowball's stemmers as the system has them (Debian and Ubuntu: libstemmer-dev).
#include <libstemmer.h>
