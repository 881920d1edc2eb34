#include "sweep.h"

#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { ROOM = 8 << 20, CANARY = 0xa5, BEFORE = 256, MESSAGES = 20 };

static char doing[256];
static unsigned long passed;
static unsigned long failed;

static struct {
    unsigned char *memory;
    unsigned char *start;
    unsigned char *end;
} rooms[SLOTS];

void begin(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(doing, sizeof doing, format, arguments);
    va_end(arguments);
}

static int canaries_hold(void) {
    for (int slot = 0; slot < SLOTS; slot++) {
        if (!rooms[slot].start) {
            continue;
        }
        for (unsigned char *p = rooms[slot].start - BEFORE; p < rooms[slot].start; p++) {
            if (*p != CANARY) {
                return 0;
            }
        }
        for (unsigned char *p = rooms[slot].end; p < rooms[slot].memory + ROOM; p++) {
            if (*p != CANARY) {
                return 0;
            }
        }
    }
    return 1;
}

void end(int holds) {
    const char *problem = !holds ? "differs" : !canaries_hold() ? "writes outside" : NULL;
    for (int slot = 0; slot < SLOTS; slot++) {
        rooms[slot].start = NULL;
    }
    if (!problem) {
        passed++;
    } else if (failed++ < MESSAGES) {
        printf("FAILED: %s: %s\n", doing, problem);
    }
}

void *room(int slot, size_t count, size_t size, size_t slack) {
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    if (!rooms[slot].memory) {
        void *memory = mmap(NULL, ROOM + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (memory == MAP_FAILED || mprotect((char *)memory + ROOM, page, PROT_NONE)) {
            perror("no memory");
            exit(2);
        }
        rooms[slot].memory = memory;
    }
    if ((count + slack) * size + BEFORE > ROOM) {
        printf("error: a case needs more than a room\n");
        exit(2);
    }
    unsigned char *end = rooms[slot].memory + ROOM - slack * size;
    unsigned char *start = end - count * size;
    memset(start - BEFORE, CANARY, BEFORE);
    memset(end, CANARY, slack * size);
    rooms[slot].start = start;
    rooms[slot].end = end;
    return start;
}

float *matrix(int slot, size_t rows, size_t columns, size_t stride, size_t slack) {
    // The last row is as short as it may be.
    size_t count = rows ? (rows - 1) * stride + columns : 0;
    float *elements = room(slot, count, sizeof *elements, slack);
    for (size_t i = 0; i < count; i++) {
        int32_t gap = GAP;
        memcpy(elements + i, &gap, sizeof gap);
    }
    return elements;
}

int gaps_hold(const float *matrix, size_t rows, size_t columns, size_t stride) {
    for (size_t i = 0; i + 1 < rows; i++) {
        for (size_t j = columns; j < stride; j++) {
            int32_t bits;
            memcpy(&bits, matrix + i * stride + j, sizeof bits);
            if (bits != GAP) {
                return 0;
            }
        }
    }
    return 1;
}

// SplitMix64, as in the Swift tests.
static uint64_t state;

static uint64_t next(void) {
    uint64_t z = state += 0x9e3779b97f4a7c15;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
}

uint32_t below(uint32_t bound) {
    return (uint32_t)((next() >> 32) * bound >> 32);
}

float between(float low, float high) {
    return low + (high - low) * ((float)(next() >> 40) * 0x1p-24f);
}

int same(float a, float b) {
    return (a != a && b != b) || memcmp(&a, &b, sizeof a) == 0;
}

int near(float a, double b, double tolerance) {
    return (a != a && b != b) || a == (float)b || fabs(a - b) <= tolerance;
}

static void crash(int number) {
    // Not safe in a handler by the book; the program is over either way.
    printf("FAILED: %s: ends with signal %d\n%lu passed, %lu failed\n", doing, number, passed, failed + 1);
    fflush(stdout);
    _exit(1);
}

// Runs the sweeps over every level there is. The arguments are the names of
// levels that must be among them.
int main(int count, char **names) {
    static const struct {
        const char *name;
        ckernels_level level;
    } levels[] = {
        {"scalar", CKERNELS_SCALAR}, {"neon", CKERNELS_NEON},
        {"avx2", CKERNELS_AVX2},     {"avx512", CKERNELS_AVX512},
        {"avx512vnni", CKERNELS_AVX512VNNI},
    };
    int found = 1;
    signal(SIGSEGV, crash);
    signal(SIGBUS, crash);
    signal(SIGILL, crash);
    signal(SIGFPE, crash);
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
        kernels tested = {
            levels[i].name, ckernels_floats_of(levels[i].level), ckernels_linear_of(levels[i].level),
            ckernels_vectors_of(levels[i].level)};
        if (!tested.floats) {
            continue;
        }
        unsigned long before = passed;
        state = 20;
        sweep_floats(&tested);
        sweep_rows(&tested);
        sweep_linear(&tested);
        sweep_quantize(&tested);
        sweep_vectors(&tested);
        printf("%s: %lu cases\n", levels[i].name, passed - before);
        fflush(stdout);
        for (int name = 1; name < count; name++) {
            found += strcmp(names[name], levels[i].name) == 0;
        }
    }
    if (found != count) {
        failed++;
        printf("FAILED: not all of the levels asked for could run\n");
    }
    printf("%lu passed, %lu failed\n", passed, failed);
    return failed != 0;
}
