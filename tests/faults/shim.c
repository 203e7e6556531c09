/* Stands between a process and its files: records every change below one folder, and hurts it.

   Loaded by LD_PRELOAD on 64-bit Linux; asleep until fault_watch() is called. A "call" is one that
   changes the disk or makes a change durable: create, write, truncate, rename, unlink, link, mkdir,
   rmdir, fsync of a file or of a folder. Calls are counted from 1, anew from each fault_set().

   One event of the log: kind (1 byte), inode, offset (8 each), length of path (2) and data (4),
   little-endian, then path (below the folder) and data. Kinds: C created, M folder made, W written,
   T cut or grown to `offset`, S file synced, D folder synced, U unlinked, X folder removed,
   R renamed (data: new path), L linked (data: new path), A acknowledged (data: what). */

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum fault { NONE, FAIL, FAIL_ON, SHORT, FULL, KILL_BEFORE, KILL_AFTER, KILL_WITHIN, UNREADABLE };
static const char *const NAMES[] = {"none",        "fail",       "fail-on",     "short",     "full",
                                    "kill-before", "kill-after", "kill-within", "unreadable"};

static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static char root[PATH_MAX];
static size_t root_length;
static int log_file = -1;
static enum fault fault;
static uint64_t at, calls, reads;
static int64_t room;

/* --- telling */

static void tell(char kind, uint64_t inode, uint64_t offset, const char *path, const void *data,
                 uint32_t length) {
    if (log_file < 0) return;
    uint16_t path_length = path ? (uint16_t)strlen(path) : 0;
    char head[23];
    head[0] = kind;
    memcpy(head + 1, &inode, 8);
    memcpy(head + 9, &offset, 8);
    memcpy(head + 17, &path_length, 2);
    memcpy(head + 19, &length, 4);
    struct iovec parts[3] = {{head, sizeof head}, {(void *)path, path_length}, {(void *)data, length}};
    syscall(SYS_writev, log_file, parts, 3); /* at once: a kill leaves no half event */
}

int fault_watch(const char *folder, const char *log) {
    snprintf(root, sizeof root, "%s", folder);
    root_length = strlen(root);
    int made = (int)syscall(SYS_openat, AT_FDCWD, log, O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0600);
    log_file = made < 0 ? -1 : fcntl(made, F_DUPFD_CLOEXEC, 200); /* out of the way of 0, 1, 2 */
    if (made >= 0) syscall(SYS_close, made);
    return log_file < 0 ? -1 : 0;
}

int fault_set(const char *kind, uint64_t when) {
    for (fault = NONE; strcmp(NAMES[fault], kind) != 0; fault++)
        if (fault == UNREADABLE) return -1;
    at = when, calls = reads = 0, room = (int64_t)when;
    return 0;
}

void fault_lift(void) { fault = NONE; }

uint64_t fault_calls(void) { return calls; }

uint64_t fault_reads(void) { return reads; }

void fault_acknowledge(const void *what, uint32_t length) {
    pthread_mutex_lock(&turn);
    tell('A', 0, 0, NULL, what, length);
    pthread_mutex_unlock(&turn);
}

/* --- what is ours to watch */

static const char *below(const char *path) {
    if (!root_length || strncmp(path, root, root_length) != 0) return NULL;
    return path[root_length] == '/' ? path + root_length + 1 : path[root_length] ? NULL : "";
}

static int watched(int file, struct stat *found) {
    char link[40], path[PATH_MAX];
    if (!root_length || file < 0 || file == log_file) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length <= 0) return 0;
    path[length] = 0;
    return below(path) && fstat(file, found) == 0 && (S_ISREG(found->st_mode) || S_ISDIR(found->st_mode));
}

/* Write the whole path of `name`, which may stand relative to an open folder; return it, or NULL. */
static const char *whole(int folder, const char *name, char *path) {
    if (!root_length) return NULL;
    if (name[0] == '/') {
        snprintf(path, PATH_MAX, "%s", name);
    } else {
        char link[40];
        snprintf(link, sizeof link, folder == AT_FDCWD ? "/proc/self/cwd" : "/proc/self/fd/%d", folder);
        ssize_t length = readlink(link, path, PATH_MAX - 2);
        if (length <= 0) return NULL;
        snprintf(path + length, PATH_MAX - (size_t)length, "/%s", name);
    }
    return below(path);
}

/* --- hurting */

static void die(void) {
    kill(getpid(), SIGKILL);
    for (;;) pause();
}

/* Count one call; return the error it is to fail with, or 0. */
static int step(void) {
    calls++;
    if (fault == KILL_BEFORE && calls == at) die();
    int failing = (fault == FAIL && calls == at) || (fault == FAIL_ON && calls >= at);
    return failing ? EIO : 0;
}

static void stepped(void) {
    if (fault == KILL_AFTER && calls == at) die();
}

static long refuse(int error) {
    pthread_mutex_unlock(&turn);
    errno = error;
    return -1;
}

static long done(long result) {
    int error = errno;
    stepped();
    pthread_mutex_unlock(&turn);
    errno = error;
    return result;
}

/* --- hooks: contents */

static ssize_t put(int file, const void *bytes, size_t length, off_t offset, const struct stat *found) {
    pthread_mutex_lock(&turn);
    int error = step(), here = offset < 0;
    if (error) return refuse(error);
    if ((fault == SHORT || fault == KILL_WITHIN) && calls == at && length > 1) length /= 2;
    if (here) offset = fcntl(file, F_GETFL) & O_APPEND ? found->st_size : lseek(file, 0, SEEK_CUR);
    if (fault == FULL) {
        int64_t growth = (int64_t)(offset + (off_t)length) - found->st_size;
        if (growth > 0 && growth > room) {
            int64_t fits = (int64_t)length - (growth - (room > 0 ? room : 0));
            if (fits <= 0) return refuse(ENOSPC);
            length = (size_t)fits;
        }
        growth = (int64_t)(offset + (off_t)length) - found->st_size;
        if (growth > 0) room -= growth;
    }
    ssize_t written = here ? syscall(SYS_write, file, bytes, length)
                           : syscall(SYS_pwrite64, file, bytes, length, offset);
    if (written > 0) tell('W', found->st_ino, (uint64_t)offset, NULL, bytes, (uint32_t)written);
    if (fault == KILL_WITHIN && calls == at) die();
    return done(written);
}

ssize_t write(int file, const void *bytes, size_t length) {
    struct stat found;
    if (!watched(file, &found)) return syscall(SYS_write, file, bytes, length);
    return put(file, bytes, length, -1, &found);
}

ssize_t pwrite(int file, const void *bytes, size_t length, off_t offset) {
    struct stat found;
    if (!watched(file, &found)) return syscall(SYS_pwrite64, file, bytes, length, offset);
    return put(file, bytes, length, offset, &found);
}
ssize_t pwrite64(int file, const void *bytes, size_t length, off64_t offset) {
    return pwrite(file, bytes, length, offset);
}

ssize_t writev(int file, const struct iovec *parts, int count) {
    struct stat found;
    if (!watched(file, &found)) return syscall(SYS_writev, file, parts, count);
    ssize_t total = 0;
    for (int i = 0; i < count; i++) {
        ssize_t one = write(file, parts[i].iov_base, parts[i].iov_len);
        if (one < 0) return total ? total : -1;
        total += one;
        if ((size_t)one < parts[i].iov_len) break;
    }
    return total;
}

/* Copies inside the kernel become plain writes, so that they are seen. */
static ssize_t carry(int from, off_t *from_at, int to, off_t *to_at, size_t length) {
    char *buffer = malloc(length > 1 << 20 ? (length = 1 << 20) : length);
    if (!buffer) return -1;
    ssize_t got = from_at ? pread(from, buffer, length, *from_at) : read(from, buffer, length);
    ssize_t put_there = got <= 0 ? got
                        : to_at  ? pwrite(to, buffer, (size_t)got, *to_at)
                                 : write(to, buffer, (size_t)got);
    int error = errno;
    if (put_there >= 0 && put_there < got && !from_at) lseek(from, put_there - got, SEEK_CUR);
    if (put_there > 0 && from_at) *from_at += put_there;
    if (put_there > 0 && to_at) *to_at += put_there;
    free(buffer);
    errno = error;
    return put_there;
}

ssize_t sendfile(int to, int from, off_t *from_at, size_t length) {
    struct stat found;
    if (!watched(to, &found)) return syscall(SYS_sendfile, to, from, from_at, length);
    return carry(from, from_at, to, NULL, length);
}
ssize_t sendfile64(int to, int from, off64_t *from_at, size_t length) {
    return sendfile(to, from, from_at, length);
}

ssize_t copy_file_range(int from, off64_t *from_at, int to, off64_t *to_at, size_t length,
                        unsigned int flags) {
    struct stat found;
    if (!watched(to, &found))
        return syscall(SYS_copy_file_range, from, from_at, to, to_at, length, flags);
    return carry(from, from_at, to, to_at, length);
}

int ftruncate(int file, off_t length) {
    struct stat found;
    if (!watched(file, &found)) return (int)syscall(SYS_ftruncate, file, length);
    pthread_mutex_lock(&turn);
    int error = step();
    if (error) return (int)refuse(error);
    long result = syscall(SYS_ftruncate, file, length);
    if (!result && length < found.st_size) room += found.st_size - length;
    if (!result) tell('T', found.st_ino, (uint64_t)length, NULL, NULL, 0);
    return (int)done(result);
}
int ftruncate64(int file, off64_t length) { return ftruncate(file, length); }

int posix_fallocate(int file, off_t offset, off_t length) {
    struct stat found;
    if (!watched(file, &found))
        return syscall(SYS_fallocate, file, 0, offset, length) ? errno : 0;
    if (offset + length <= found.st_size) return 0;
    if (fault == FULL && offset + length - found.st_size > room) return ENOSPC;
    room -= offset + length - found.st_size;
    return ftruncate(file, offset + length) ? errno : 0;
}
int posix_fallocate64(int file, off64_t offset, off64_t length) {
    return posix_fallocate(file, offset, length);
}

static int sync_by(long how, int file) {
    struct stat found;
    if (!watched(file, &found)) return (int)syscall(how, file);
    pthread_mutex_lock(&turn);
    int error = step();
    if (error) return (int)refuse(error);
    long result = syscall(how, file);
    if (!result) tell(S_ISDIR(found.st_mode) ? 'D' : 'S', found.st_ino, 0, NULL, NULL, 0);
    return (int)done(result);
}
int fsync(int file) { return sync_by(SYS_fsync, file); }
int fdatasync(int file) { return sync_by(SYS_fdatasync, file); }

static int unread(int file) {
    struct stat found;
    if (!watched(file, &found) || ++reads != at || fault != UNREADABLE) return 0;
    errno = EIO;
    return 1;
}
ssize_t read(int file, void *bytes, size_t length) {
    return unread(file) ? -1 : syscall(SYS_read, file, bytes, length);
}
ssize_t pread(int file, void *bytes, size_t length, off_t offset) {
    return unread(file) ? -1 : syscall(SYS_pread64, file, bytes, length, offset);
}
ssize_t pread64(int file, void *bytes, size_t length, off64_t offset) {
    return pread(file, bytes, length, offset);
}

/* --- hooks: names */

static int open_at(int folder, const char *name, int flags, mode_t mode) {
    char path[PATH_MAX];
    const char *ours = whole(folder, name, path);
    struct stat before, after;
    int changing = ours && flags & (O_CREAT | O_TRUNC) && !(flags & O_DIRECTORY);
    int existed = changing && stat(path, &before) == 0;
    if (!changing || (existed && (!(flags & O_TRUNC) || flags & O_EXCL)))
        return (int)syscall(SYS_openat, folder, name, flags, mode);
    pthread_mutex_lock(&turn);
    int error = step();
    if (error) return (int)refuse(error);
    long file = syscall(SYS_openat, folder, name, flags, mode);
    if (file >= 0 && fstat((int)file, &after) == 0) {
        if (existed) room += before.st_size;
        tell(existed ? 'T' : 'C', after.st_ino, 0, ours, NULL, 0);
    }
    return (int)done(file);
}

#define WITH_MODE                                                        \
    mode_t mode = 0;                                                     \
    if (flags & (O_CREAT | O_TMPFILE)) {                                 \
        va_list more;                                                    \
        va_start(more, flags);                                           \
        mode = (mode_t)va_arg(more, int);                                \
        va_end(more);                                                    \
    }
int open(const char *path, int flags, ...) { WITH_MODE return open_at(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { WITH_MODE return open_at(AT_FDCWD, path, flags, mode); }
int openat(int folder, const char *path, int flags, ...) {
    WITH_MODE return open_at(folder, path, flags, mode);
}
int openat64(int folder, const char *path, int flags, ...) {
    WITH_MODE return open_at(folder, path, flags, mode);
}
int creat(const char *path, mode_t mode) {
    return open_at(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode);
}

int unlinkat(int folder, const char *name, int flags) {
    char path[PATH_MAX];
    const char *ours = whole(folder, name, path);
    struct stat found;
    if (!ours || lstat(path, &found)) return (int)syscall(SYS_unlinkat, folder, name, flags);
    pthread_mutex_lock(&turn);
    int error = step();
    if (error) return (int)refuse(error);
    long result = syscall(SYS_unlinkat, folder, name, flags);
    if (!result && S_ISREG(found.st_mode) && found.st_nlink == 1) room += found.st_size;
    if (!result) tell(flags & AT_REMOVEDIR ? 'X' : 'U', found.st_ino, 0, ours, NULL, 0);
    return (int)done(result);
}
int unlink(const char *path) { return unlinkat(AT_FDCWD, path, 0); }
int rmdir(const char *path) { return unlinkat(AT_FDCWD, path, AT_REMOVEDIR); }

int mkdirat(int folder, const char *name, mode_t mode) {
    char path[PATH_MAX];
    const char *ours = whole(folder, name, path);
    struct stat found;
    if (!ours || stat(path, &found) == 0) return (int)syscall(SYS_mkdirat, folder, name, mode);
    pthread_mutex_lock(&turn);
    int error = step();
    if (error) return (int)refuse(error);
    long result = syscall(SYS_mkdirat, folder, name, mode);
    if (!result && stat(path, &found) == 0) tell('M', found.st_ino, 0, ours, NULL, 0);
    return (int)done(result);
}
int mkdir(const char *path, mode_t mode) { return mkdirat(AT_FDCWD, path, mode); }

int renameat2(int from, const char *old, int to, const char *new, unsigned int flags) {
    char old_path[PATH_MAX], new_path[PATH_MAX];
    const char *ours = whole(from, old, old_path), *target = whole(to, new, new_path);
    struct stat found, replaced;
    if (!ours || !target || lstat(old_path, &found))
        return (int)syscall(SYS_renameat2, from, old, to, new, flags);
    pthread_mutex_lock(&turn);
    int error = step();
    if (error) return (int)refuse(error);
    int over = lstat(new_path, &replaced) == 0 && S_ISREG(replaced.st_mode);
    long result = syscall(SYS_renameat2, from, old, to, new, flags);
    if (!result && over) room += replaced.st_size;
    if (!result) tell('R', found.st_ino, 0, ours, target, (uint32_t)strlen(target));
    return (int)done(result);
}
int renameat(int from, const char *old, int to, const char *new) {
    return renameat2(from, old, to, new, 0);
}
int rename(const char *old, const char *new) { return renameat2(AT_FDCWD, old, AT_FDCWD, new, 0); }

int linkat(int from, const char *old, int to, const char *new, int flags) {
    char old_path[PATH_MAX], new_path[PATH_MAX];
    const char *ours = whole(from, old, old_path), *target = whole(to, new, new_path);
    struct stat found;
    if (!ours || !target || stat(old_path, &found))
        return (int)syscall(SYS_linkat, from, old, to, new, flags);
    pthread_mutex_lock(&turn);
    int error = step();
    if (error) return (int)refuse(error);
    long result = syscall(SYS_linkat, from, old, to, new, flags);
    if (!result) tell('L', found.st_ino, 0, ours, target, (uint32_t)strlen(target));
    return (int)done(result);
}
int link(const char *old, const char *new) { return linkat(AT_FDCWD, old, AT_FDCWD, new, 0); }
