/* Writes down all that a process writes into any file anywhere, and can keep it off every network.

   Loaded by LD_PRELOAD on 64-bit Linux; asleep unless CMDESK_LEAKS names a folder for its notes, one
   file a process. A note: kind (1 byte), length of path (2) and of data (4), little-endian, then
   both. Kinds: W written, V what stood in a file when it was closed by the C library, deleted or
   written over, O opened to be written, M mapped to be written, R renamed (data: new path).
   Pipes, sockets, devices and memory files are no files. With CMDESK_LEAKS_SEALED the kernel kills
   the process at the first socket that is not one of this machine's own (AF_UNIX). */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <pthread.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static int notes = -1;
static pid_t owner;

/* --- beginning */

static void open_notes(void) {
    const char *folder = getenv("CMDESK_LEAKS");
    if (!folder) return;
    char path[PATH_MAX];
    owner = getpid();
    snprintf(path, sizeof path, "%s/%d.notes", folder, owner);
    int made = (int)syscall(SYS_openat, AT_FDCWD, path, O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0600);
    notes = made < 0 ? -1 : fcntl(made, F_DUPFD_CLOEXEC, 300); /* out of the way of 0, 1, 2 */
    if (made >= 0) syscall(SYS_close, made);
    if (notes < 0) abort();
}

static void seal(void) {
    struct sock_filter steps[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_socket, 1, 0),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[0])),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AF_UNIX, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
    };
    struct sock_fprog filter = {sizeof steps / sizeof *steps, steps};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter))
        abort(); /* an unsealed run would prove nothing */
}

static void forked(void) {
    if (notes >= 0) syscall(SYS_close, notes);
    open_notes();
}

__attribute__((constructor)) static void begin(void) {
    open_notes();
    pthread_atfork(NULL, NULL, forked);
    if (getenv("CMDESK_LEAKS_SEALED")) seal();
}

/* --- noting */

static void note(char kind, const char *path, const void *data, size_t length) {
    if (notes < 0) return;
    int error = errno;
    uint16_t path_length = (uint16_t)strlen(path);
    uint32_t data_length = (uint32_t)length;
    char head[7] = {kind};
    memcpy(head + 1, &path_length, 2);
    memcpy(head + 3, &data_length, 4);
    struct iovec parts[3] = {{head, sizeof head}, {(void *)path, path_length}, {(void *)data, length}};
    pthread_mutex_lock(&turn);
    syscall(SYS_writev, notes, parts, 3);
    pthread_mutex_unlock(&turn);
    errno = error;
}

static int is_file(int file, char *path) {
    char link[40];
    struct stat found;
    if (notes < 0 || file < 0 || file == notes) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    if (length <= 0) return 0;
    path[length] = 0;
    return fstat(file, &found) == 0 && S_ISREG(found.st_mode) && strncmp(path, "/memfd:", 7) != 0;
}

static const char *whole(int folder, const char *name, char *path) {
    if (name[0] == '/') return name;
    char link[40];
    snprintf(link, sizeof link, folder == AT_FDCWD ? "/proc/self/cwd" : "/proc/self/fd/%d", folder);
    ssize_t length = readlink(link, path, PATH_MAX - 2);
    if (length <= 0) return name;
    snprintf(path + length, PATH_MAX - (size_t)length, "/%s", name);
    return path;
}

/* Note what stands in a file that will not be there to be looked at. Never one that SQLite holds:
   closing another descriptor of it would drop its locks. */
static void note_content(int folder, const char *name) {
    struct stat found;
    char path[PATH_MAX];
    const char *full = whole(folder, name, path);
    const char *end = strrchr(full, '/');
    if (notes < 0 || (end && strncmp(end, "/records.db", 11) == 0)) return;
    int error = errno;
    if (lstat(full, &found) == 0 && S_ISREG(found.st_mode) && found.st_size > 0) {
        int file = (int)syscall(SYS_openat, AT_FDCWD, full, O_RDONLY | O_CLOEXEC, 0);
        if (file >= 0) {
            void *held = mmap(NULL, (size_t)found.st_size, PROT_READ, MAP_PRIVATE, file, 0);
            if (held != MAP_FAILED) {
                note('V', full, held, (size_t)found.st_size);
                munmap(held, (size_t)found.st_size);
            }
            syscall(SYS_close, file);
        }
    }
    errno = error;
}

/* --- contents */

ssize_t write(int file, const void *bytes, size_t length) {
    char path[PATH_MAX];
    ssize_t done = syscall(SYS_write, file, bytes, length);
    if (done > 0 && is_file(file, path)) note('W', path, bytes, (size_t)done);
    return done;
}

ssize_t pwrite(int file, const void *bytes, size_t length, off_t offset) {
    char path[PATH_MAX];
    ssize_t done = syscall(SYS_pwrite64, file, bytes, length, offset);
    if (done > 0 && is_file(file, path)) note('W', path, bytes, (size_t)done);
    return done;
}
ssize_t pwrite64(int file, const void *bytes, size_t length, off64_t offset) {
    return pwrite(file, bytes, length, offset);
}

ssize_t writev(int file, const struct iovec *parts, int count) {
    char path[PATH_MAX];
    ssize_t done = syscall(SYS_writev, file, parts, count), left = done;
    if (done > 0 && is_file(file, path))
        for (int i = 0; i < count && left > 0; left -= (ssize_t)parts[i++].iov_len)
            note('W', path, parts[i].iov_base, parts[i].iov_len);
    return done;
}

/* Copies inside the kernel pass no buffer: what is not offered is done by writing. */
ssize_t sendfile(int to, int from, off_t *at, size_t length) {
    char path[PATH_MAX];
    if (!is_file(to, path)) return syscall(SYS_sendfile, to, from, at, length);
    errno = ENOSYS;
    return -1;
}
ssize_t sendfile64(int to, int from, off64_t *at, size_t length) { return sendfile(to, from, at, length); }
ssize_t copy_file_range(int from, off64_t *from_at, int to, off64_t *to_at, size_t length, unsigned int f) {
    (void)from, (void)from_at, (void)to, (void)to_at, (void)length, (void)f;
    errno = ENOSYS;
    return -1;
}

void *mmap(void *where, size_t length, int use, int kind, int file, off_t offset) {
    char path[PATH_MAX];
    if (use & PROT_WRITE && kind & MAP_SHARED && file >= 0 && is_file(file, path))
        note('M', path, "", 0);
    return (void *)syscall(SYS_mmap, where, length, use, kind, file, offset);
}
void *mmap64(void *where, size_t length, int use, int kind, int file, off64_t offset) {
    return mmap(where, length, use, kind, file, offset);
}

/* The C library's own streams write past the hooks above: look at what they leave. */
int fclose(FILE *stream) {
    static int (*next)(FILE *);
    if (!next) next = (int (*)(FILE *))dlsym(RTLD_NEXT, "fclose");
    char path[PATH_MAX];
    int file = fileno(stream), writes = file >= 0 && (fcntl(file, F_GETFL) & O_ACCMODE) != O_RDONLY;
    int ours = writes && is_file(file, path);
    if (ours) fflush(stream);
    if (ours) note_content(AT_FDCWD, path);
    return next(stream);
}

/* --- names */

static int open_at(int folder, const char *name, int flags, mode_t mode) {
    char path[PATH_MAX];
    int opened = (int)syscall(SYS_openat, folder, name, flags, mode);
    if (opened >= 0 && (flags & O_ACCMODE) != O_RDONLY && is_file(opened, path)) note('O', path, "", 0);
    return opened;
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
    if (!(flags & AT_REMOVEDIR)) note_content(folder, name);
    return (int)syscall(SYS_unlinkat, folder, name, flags);
}
int unlink(const char *path) { return unlinkat(AT_FDCWD, path, 0); }
int remove(const char *path) {
    int done = unlinkat(AT_FDCWD, path, 0);
    return done && errno == EISDIR ? unlinkat(AT_FDCWD, path, AT_REMOVEDIR) : done;
}

int renameat2(int from, const char *old, int to, const char *new, unsigned int flags) {
    char old_path[PATH_MAX], new_path[PATH_MAX];
    note_content(to, new);
    const char *target = whole(to, new, new_path);
    note('R', whole(from, old, old_path), target, strlen(target));
    return (int)syscall(SYS_renameat2, from, old, to, new, flags);
}
int renameat(int from, const char *old, int to, const char *new) {
    return renameat2(from, old, to, new, 0);
}
int rename(const char *old, const char *new) { return renameat2(AT_FDCWD, old, AT_FDCWD, new, 0); }
