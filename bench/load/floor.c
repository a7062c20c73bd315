/* The floor: the least a server can do. It answers the same handshakes and writes the same bytes with write(2), and
 * knows nothing of seats, changes, slow readers or heartbeats. Usage: floor PORT PATCHES */
#include "wire.h"

enum { CONNECTIONS = 65536, REQUEST = 2048 };

static int lines[CONNECTIONS], count;
static char *request[CONNECTIONS];
static int request_length[CONNECTIONS], shaken[CONNECTIONS];
static const char *patches;
static long n;

static void broadcast(void) {
  static unsigned char frame[4096];
  char payload[4000];
  n++;
  int length = snprintf(payload, sizeof payload, "{\"n\":%ld,\"after\":%ld,\"patches\":%s}", n,
                        n - 1, patches);
  int head = text_head(frame, (size_t)length);
  memcpy(frame + head, payload, (size_t)length);
  for (int i = 0; i < count; i++)
    if (write(lines[i], frame, (size_t)(head + length)) < 0) continue; /* a stalled or gone reader: not the floor's care */
}

static void shake(int fd, int got) {
  char answer[29], reply[256];
  request_length[fd] += got;
  request[fd][request_length[fd]] = 0;
  if (!strstr(request[fd], "\r\n\r\n")) return;
  char *key = strcasestr(request[fd], "sec-websocket-key: ");
  must(key != NULL, "no key");
  accept_of(key + 19, answer);
  int length = snprintf(reply, sizeof reply,
                        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        "Sec-WebSocket-Accept: %s\r\n\r\n", answer);
  must(write(fd, reply, (size_t)length) == length, "reply");
  free(request[fd]);
  request[fd] = NULL;
  shaken[fd] = 1;
  lines[count++] = fd;
}

static void gone(int fd) {
  for (int i = 0; i < count; i++)
    if (lines[i] == fd) { lines[i] = lines[--count]; break; }
  free(request[fd]);
  request[fd] = NULL;
  close(fd);
}

static void hear(int fd) {
  char heard[512];
  int got = (int)(shaken[fd] ? read(fd, heard, sizeof heard)
                             : read(fd, request[fd] + request_length[fd], (size_t)(REQUEST - 1 - request_length[fd])));
  if (got <= 0) { if (got == 0 || errno != EAGAIN) gone(fd); return; }
  if (!shaken[fd]) shake(fd, got);
  else if ((heard[0] & 15) == 1) broadcast();
}

static int listening(int port) {
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), yes = 1;
  struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  must(bind(fd, (struct sockaddr *)&here, sizeof here) == 0 && listen(fd, 4096) == 0, "listen");
  return fd;
}

int main(int argc, char **argv) {
  must(argc == 3, "usage: floor PORT PATCHES");
  patches = argv[2];
  signal(SIGPIPE, SIG_IGN);
  open_many_files();
  int door = listening(atoi(argv[1])), poll = epoll_create1(0), yes = 1;
  struct epoll_event event = {.events = EPOLLIN, .data.fd = door}, events[512];
  epoll_ctl(poll, EPOLL_CTL_ADD, door, &event);
  for (;;) {
    int ready = epoll_wait(poll, events, 512, -1);
    for (int i = 0; i < ready; i++) {
      if (events[i].data.fd != door) { hear(events[i].data.fd); continue; }
      for (int fd; (fd = accept4(door, NULL, NULL, SOCK_NONBLOCK)) >= 0;) {
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        request[fd] = malloc(REQUEST), request_length[fd] = shaken[fd] = 0;
        event = (struct epoll_event){.events = EPOLLIN, .data.fd = fd};
        epoll_ctl(poll, EPOLL_CTL_ADD, fd, &event);
      }
    }
  }
}
