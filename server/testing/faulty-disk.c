// An fsync that fails once when the file named by FAIL_FSYNC is there (which it removes), and that takes SLOW_FSYNC
// microseconds longer. For LD_PRELOAD.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

static int faulty(const char *name, int fd) {
  const char *fail = getenv("FAIL_FSYNC");
  const char *slow = getenv("SLOW_FSYNC");
  if (fail && unlink(fail) == 0) {
    errno = EIO;
    return -1;
  }
  if (slow) usleep((useconds_t)atoi(slow));
  int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
  return real(fd);
}

int fsync(int fd) { return faulty("fsync", fd); }
int fdatasync(int fd) { return faulty("fdatasync", fd); }
