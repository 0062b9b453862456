// The power of the disk that holds a folder goes: from now on its ext4 file system takes and writes nothing, not even
// what it has in memory. For root.
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/ioctl.h>

// Of the kernel's fs/ext4/ext4.h, which no header for programs repeats.
#define EXT4_IOC_SHUTDOWN _IOR('X', 125, uint32_t)
#define EXT4_GOING_FLAGS_NOLOGFLUSH 2

int main(int count, char **arguments) {
  uint32_t flags = EXT4_GOING_FLAGS_NOLOGFLUSH;
  int folder = count == 2 ? open(arguments[1], O_RDONLY) : -1;
  if (folder >= 0 && ioctl(folder, EXT4_IOC_SHUTDOWN, &flags) == 0) return 0;
  perror("The power cannot be cut");
  return 1;
}
