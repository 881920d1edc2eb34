// Hot loops, by what they work on; one set of each per instruction level,
// chosen at run time.

#ifndef CKERNELS_H
#define CKERNELS_H

#include "floats.h"
#include "levels.h"
#include "limits.h"
#include "linear.h"
#include "vectors.h"

#endif
