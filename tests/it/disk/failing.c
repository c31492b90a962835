/* A disk that fails: loaded before the C library (LD_PRELOAD), it counts the calls that change files below $BAD_DISK_UNDER
 * and lets some of them fail.
 *
 *   BAD_DISK_UNDER  the folder it is about
 *   BAD_DISK_AT     the number of the first call that fails, from 1; 0 for none
 *   BAD_DISK_ERROR  the errno of the failure: 5 for a bad sector (that call alone fails), 28 for a disk that is full
 *                   (that call and all later ones that need room)
 *   BAD_DISK_COUNT  a file that is told, at the end, how many calls there were
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static atomic_long calls;
static long first;
static int error;
static const char *under;

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

__attribute__((constructor)) static void begin(void) {
    const char *at = getenv("BAD_DISK_AT"), *code = getenv("BAD_DISK_ERROR");
    under = getenv("BAD_DISK_UNDER");
    first = at ? atol(at) : 0;
    error = code ? atoi(code) : EIO;
}

__attribute__((destructor)) static void end(void) {
    const char *path = getenv("BAD_DISK_COUNT");
    FILE *file = path ? fopen(path, "w") : NULL;
    if (file) {
        fprintf(file, "%ld", (long)atomic_load(&calls));
        fclose(file);
    }
}

static int below(const char *path) { return under && path && strncmp(path, under, strlen(under)) == 0; }

static int is_below(int fd) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return below(path);
}

/* Whether this call fails. A full disk still lets files be shortened, renamed and taken away. */
static int fails(int needs_room) {
    long call = atomic_fetch_add(&calls, 1) + 1;
    if (first == 0 || call < first) return 0;
    if (error == ENOSPC ? !needs_room : call != first) return 0;
    errno = error;
    return 1;
}

ssize_t write(int fd, const void *bytes, size_t length) {
    return is_below(fd) && fails(1) ? -1 : REAL(write)(fd, bytes, length);
}
ssize_t writev(int fd, const struct iovec *parts, int count) {
    return is_below(fd) && fails(1) ? -1 : REAL(writev)(fd, parts, count);
}
ssize_t pwrite(int fd, const void *bytes, size_t length, off_t at) {
    return is_below(fd) && fails(1) ? -1 : REAL(pwrite)(fd, bytes, length, at);
}
ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t at) {
    return is_below(fd) && fails(1) ? -1 : REAL(pwrite64)(fd, bytes, length, at);
}
ssize_t copy_file_range(int from, off64_t *at, int to, off64_t *there, size_t length, unsigned flags) {
    return is_below(to) && fails(1) ? -1 : REAL(copy_file_range)(from, at, to, there, length, flags);
}
int posix_fallocate(int fd, off_t at, off_t length) {
    return is_below(fd) && fails(1) ? errno : REAL(posix_fallocate)(fd, at, length);
}
int ftruncate(int fd, off_t length) { return is_below(fd) && fails(0) ? -1 : REAL(ftruncate)(fd, length); }
int ftruncate64(int fd, off64_t length) { return is_below(fd) && fails(0) ? -1 : REAL(ftruncate64)(fd, length); }
int fsync(int fd) { return is_below(fd) && fails(0) ? -1 : REAL(fsync)(fd); }
int fdatasync(int fd) { return is_below(fd) && fails(0) ? -1 : REAL(fdatasync)(fd); }
int rename(const char *from, const char *to) { return below(to) && fails(0) ? -1 : REAL(rename)(from, to); }
int mkdir(const char *path, mode_t mode) { return below(path) && fails(1) ? -1 : REAL(mkdir)(path, mode); }

static int opened(const char *path, int flags, mode_t mode, int (*real)(const char *, int, ...)) {
    return (flags & O_CREAT) && below(path) && access(path, F_OK) != 0 && fails(1) ? -1 : real(path, flags, mode);
}
int open(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    mode_t mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    return opened(path, flags, mode, REAL(open));
}
int open64(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    mode_t mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    return opened(path, flags, mode, REAL(open64));
}
