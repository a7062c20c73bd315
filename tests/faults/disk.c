/* A disk that does as it is told: put before a process with LD_PRELOAD, it stands between SQLite and the kernel.

   FAULTS_FOLDER  the folder whose *.db and *.db-wal files are meant, and in the trace also the files of a recording
                  (000000.pcm ..., manifest.jsonl) and the folder itself; all others are left alone
   FAULTS_ORDERS  a file of two ints, shared: what to do, and at the how many-th call (tests/faults/disk.py)
   FAULTS_TRACE   a file that gets every write, truncation, sync and beginning of these files, and what is said on stdout,
                  in order
*/
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/uio.h>
#include <unistd.h>

enum { PEACE, BEFORE_WAL_SYNC, AFTER_WAL_SYNC, IN_WAL_WRITE, IN_FILE_WRITE, BEFORE_FILE_SYNC, SYNC_FAILS, FULL, READ_ONLY };
enum { OTHER, FILE_ITSELF, WAL, FOLDER, STORY, PIECES }; /* PIECES + n: the nth minute of a recording */

struct orders { volatile int what; volatile int left; };
struct record { char what; char file; char pad[6]; int64_t offset; int64_t length; };

static struct orders peace, *orders = &peace;
static const char *folder;
static int trace = -1;
static ssize_t (*next_pwrite)(int, const void *, size_t, off_t);
static ssize_t (*next_write)(int, const void *, size_t);
static int (*next_fdatasync)(int);
static int (*next_fsync)(int);
static int (*next_ftruncate)(int, off_t);
static int (*next_open)(const char *, int, ...);

__attribute__((constructor)) static void begin(void) {
    next_pwrite = dlsym(RTLD_NEXT, "pwrite64");
    next_write = dlsym(RTLD_NEXT, "write");
    next_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
    next_fsync = dlsym(RTLD_NEXT, "fsync");
    next_ftruncate = dlsym(RTLD_NEXT, "ftruncate64");
    next_open = dlsym(RTLD_NEXT, "open64");
    folder = getenv("FAULTS_FOLDER");
    const char *told = getenv("FAULTS_ORDERS"), *kept = getenv("FAULTS_TRACE");
    if (told) {
        int file = open(told, O_RDWR | O_CLOEXEC);
        void *shared = mmap(NULL, sizeof(struct orders), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
        if (shared != MAP_FAILED) orders = shared;
        close(file);
    }
    if (kept) trace = open(kept, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static int kind(int file) {
    char link[64] = "/proc/self/fd/", path[PATH_MAX];
    if (!folder || file < 3) return OTHER;
    char digits[12], *end = digits + sizeof digits - 1;
    *end = 0;
    for (int rest = file; rest; rest /= 10) *--end = (char)('0' + rest % 10);
    strcat(link, end);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return OTHER;
    path[length] = 0;
    if (strncmp(path, folder, strlen(folder))) return OTHER;
    if (!strcmp(path, folder)) return FOLDER;
    const char *name = strrchr(path, '/') + 1;
    if (!strcmp(name, "manifest.jsonl")) return STORY;
    if (strlen(name) == 10 && !strcmp(name + 6, ".pcm")) return PIECES + atoi(name);
    if (length > 3 && !strcmp(path + length - 3, ".db")) return FILE_ITSELF;
    return length > 7 && !strcmp(path + length - 7, ".db-wal") ? WAL : OTHER;
}

static int now(int what) { return orders->what == what && --orders->left <= 0; }

static void die(void) { kill(getpid(), SIGKILL); pause(); }

static void keep(char what, int file, int64_t offset, const void *content, size_t length) {
    if (trace < 0) return;
    struct record head = {what, (char)file, {0}, offset, (int64_t)length};
    struct iovec parts[2] = {{&head, sizeof head}, {(void *)content, content ? length : 0}};
    if (writev(trace, parts, 2) < 0) abort();
}

ssize_t pwrite64(int file, const void *content, size_t length, off_t offset) {
    int what = kind(file);
    if (what == OTHER) return next_pwrite(file, content, length, offset);
    if (orders->what == FULL) return errno = ENOSPC, -1;
    if (orders->what == READ_ONLY) return errno = EROFS, -1;
    if ((what == WAL && now(IN_WAL_WRITE)) || (what == FILE_ITSELF && now(IN_FILE_WRITE))) {
        next_pwrite(file, content, length / 2, offset); /* half a page, then the end */
        die();
    }
    ssize_t done = next_pwrite(file, content, length, offset);
    if (done > 0) keep('W', what, offset, content, (size_t)done);
    return done;
}

ssize_t pwrite(int file, const void *content, size_t length, off_t offset) { return pwrite64(file, content, length, offset); }

ssize_t write(int file, const void *content, size_t length) {
    if (file == 1) keep('A', OTHER, 0, content, length);
    if (file < 3 || kind(file) != STORY) return next_write(file, content, length);
    ssize_t done = next_write(file, content, length);
    if (done > 0) keep('W', STORY, lseek(file, 0, SEEK_CUR) - done, content, (size_t)done);
    return done;
}

static int synced(int file, int (*sync)(int)) {
    int what = kind(file);
    if (what == OTHER) return sync(file);
    if (orders->what == SYNC_FAILS && what < FOLDER) return errno = EIO, -1;
    if ((what == WAL && now(BEFORE_WAL_SYNC)) || (what == FILE_ITSELF && now(BEFORE_FILE_SYNC))) die();
    int failed = sync(file);
    if (!failed) keep('S', what, 0, NULL, 0);
    if (what == WAL && now(AFTER_WAL_SYNC)) die();
    return failed;
}

int fdatasync(int file) { return synced(file, next_fdatasync); }
int fsync(int file) { return synced(file, next_fsync); }

int ftruncate64(int file, off_t length) {
    int what = kind(file);
    int failed = next_ftruncate(file, length);
    if (!failed && what != OTHER) keep('T', what, length, NULL, 0);
    return failed;
}

int ftruncate(int file, off_t length) { return ftruncate64(file, length); }

int open64(const char *path, int flags, ...) {
    va_list more;
    va_start(more, flags);
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(more, mode_t) : 0;
    va_end(more);
    int begun = (flags & O_CREAT) && access(path, F_OK);
    int file = next_open(path, flags, mode), what = file < 0 ? OTHER : kind(file);
    if (begun && what > FOLDER) keep('N', what, 0, NULL, 0);
    return file;
}
