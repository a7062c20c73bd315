/* The load side: thousands of live pages in one thread. It opens WebSockets on a schedule, reads every frame, checks that
 * positions are dense, and sends the triggers itself, so that one clock measures both ends.
 *
 * Commands come on stdin, one a line, fields apart by tabs; each is answered by one line of JSON on stdout:
 *   set  port|path|headers|cookies|ready|open|rcvbuf|sio  VALUE   an end of line in a value is written \r\n; `ready` is what a
 *                                                first frame holds, `cookies` a file with one for each page
 *   talk PATH HEADERS                            a connection more that sends triggers
 *   open N RATE WINDOW KIND                      RATE a second (0: WINDOW at a time); KIND well|stalled|dead
 *   fire EVENTS PERIOD_US TEXT                   PERIOD 0: the next when the last has reached everybody; %s is a fresh op
 *   drop                                         reset every page (the talkers stay)
 *   rest SECONDS                                 read and answer pings only
 */
#include "wire.h"
#include <linux/filter.h>
#include <math.h>
#include <sys/syscall.h>

enum { PAGES = 65536, SHOWN = 80, SOURCES = 8, PATIENCE_S = 120, GATHER_NS = 200000 };
enum state { CONNECTING, SHAKING, SHAKEN, READY, GONE };
enum kind { WELL, STALLED, DEAD };

struct page {
  int fd;
  unsigned char state, kind, talks, in_head;
  int kept;            /* bytes of `head` that are filled */
  int64_t skip;        /* bytes of the frame's body still to come, beyond what is kept */
  long last;           /* position; -1 before the first */
  int heard;           /* changes of this firing */
  int64_t due, shaken, ready;
  unsigned char head[14 + SHOWN + 1];
};

static struct page pages[PAGES];
static int count, talkers, poll_fd, port, sio, rcvbuf;
static char path[512], headers[2048], ready_text[64], first_text[64], *cookies;
static long gaps, lost, failed, bytes, frames, ops;
static int64_t *arrival; /* when change k reached page i: of this firing */
static int64_t fired[4096];
static int events_now, well;
static long heard_all;
static int reached[4096];
static int64_t last_arrival;

static int by_value(const void *a, const void *b) {
  int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
  return (x > y) - (x < y);
}

/* Nearest rank, in milliseconds; sorts. */
static void told(const char *name, int64_t *values, long n) {
  qsort(values, (size_t)n, sizeof *values, by_value);
#define AT(share) (n ? values[(long)fmax(0, ceil((share) * (double)n) - 1)] / 1e6 : 0.0)
  printf("\"%s\": {\"n\": %ld, \"p50\": %.3f, \"p90\": %.3f, \"p99\": %.3f, \"most\": %.3f}, ", name, n, AT(.5), AT(.9), AT(.99), AT(1.));
}

static double cpu(void) {
  struct rusage used;
  getrusage(RUSAGE_SELF, &used);
  return used.ru_utime.tv_sec + used.ru_stime.tv_sec + (used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
}

static void send_masked(struct page *p, int opcode, const char *text, int length) {
  unsigned char frame[8192] = {(unsigned char)(0x80 | opcode)};
  int head = 2;
  if (length < 126) frame[1] = (unsigned char)(0x80 | length);
  else frame[1] = 0xFE, frame[2] = (unsigned char)(length >> 8), frame[3] = (unsigned char)length, head = 4;
  memset(frame + head, 0, 4); /* a mask of zeros is a mask */
  memcpy(frame + head + 4, text, (size_t)length);
  if (write(p->fd, frame, (size_t)(head + 4 + length)) != head + 4 + length) lost++;
}

static void end(struct page *p) {
  if (p->state == GONE) return;
  close(p->fd);
  if (p->state != READY) failed++;
  else if (p->kind == WELL) lost++;
  p->state = GONE;
}

/* From now on this page reads nothing; a dead one does not even answer TCP: a filter drops all that comes. */
static void sicken(struct page *p) {
  epoll_ctl(poll_fd, EPOLL_CTL_DEL, p->fd, NULL);
  if (p->kind == DEAD) {
    struct sock_filter nothing = {BPF_RET | BPF_K, 0, 0, 0};
    struct sock_fprog filter = {1, &nothing};
    must(setsockopt(p->fd, SOL_SOCKET, SO_ATTACH_FILTER, &filter, sizeof filter) == 0, "filter");
  }
}

static void is_ready(struct page *p, int64_t at) {
  if (p->state != SHAKEN) return;
  p->state = READY, p->ready = at;
  if (p->kind != WELL) sicken(p);
}

static void change(struct page *p, long n, long after, int64_t at) {
  if (p->last >= 0 && after != p->last) gaps++;
  p->last = n;
  if (p->kind != WELL || p->talks) return;
  if (p->heard < events_now) {
    arrival[heard_all++] = at - fired[p->heard];
    reached[p->heard++]++;
    last_arrival = at;
  } else gaps++;
}

static void text(struct page *p, const char *shown, int64_t length, int64_t at) {
  const char *n = strstr(shown, "\"n\":"), *after = strstr(shown, "\"after\":"), *caught = strstr(shown, "\"caught_up\":");
  frames++, bytes += length + (length < 126 ? 2 : length < 65536 ? 4 : 10);
  if (sio && shown[0] == '0') send_masked(p, 1, "40", 2);
  else if (sio && shown[0] == '2' && length == 1) send_masked(p, 1, "3", 1);
  if (n && after) change(p, atol(n + 4), atol(after + 8), at);
  else if (n && strstr(shown, "\"epoch\"")) p->last = atol(n + 4);
  else if (caught) p->last = atol(caught + 12);
  if (*ready_text && strstr(shown, ready_text)) is_ready(p, at);
}

static void framed(struct page *p, int64_t at) {
  int small = p->head[1] & 127, head = small == 126 ? 4 : small == 127 ? 10 : 2, opcode = p->head[0] & 15;
  int64_t length = small;
  if (small == 126) length = p->head[2] << 8 | p->head[3];
  p->head[p->kept] = 0;
  char *shown = (char *)p->head + head;
  if (small == 127) { length = 0; for (int i = 2; i < 10; i++) length = length << 8 | p->head[i]; }
  if (opcode == 1) text(p, shown, length, at);
  else if (opcode == 9) send_masked(p, 10, shown, (int)(length < SHOWN ? length : SHOWN));
  else if (opcode == 8) end(p);
}

/* Bytes of frames, cut anywhere: keep the head and the first `SHOWN` bytes of each, skip the rest. */
static void feed(struct page *p, const unsigned char *data, int64_t length, int64_t at) {
  while (length > 0 && p->state != GONE) {
    if (p->skip) {
      int64_t past = p->skip < length ? p->skip : length;
      p->skip -= past, data += past, length -= past;
      continue;
    }
    p->head[p->kept++] = *data++, length--;
    if (p->kept < 2) continue;
    int small = p->head[1] & 127, head = small == 126 ? 4 : small == 127 ? 10 : 2;
    if (p->kept < head) continue;
    int64_t body = small;
    if (small == 126) body = p->head[2] << 8 | p->head[3];
    if (small == 127) { body = 0; for (int i = 2; i < 10; i++) body = body << 8 | p->head[i]; }
    int64_t want = head + (body < SHOWN ? body : SHOWN) - p->kept, take = want < length ? want : length;
    memcpy(p->head + p->kept, data, (size_t)take);
    p->kept += (int)take, data += take, length -= take;
    if (take < want) return;
    p->skip = body < SHOWN ? 0 : body - SHOWN;
    framed(p, at);
    p->kept = 0;
  }
}

static void shake(struct page *p, const unsigned char *data, int length, int64_t at) {
  const unsigned char *over = memmem(data, (size_t)length, "\r\n\r\n", 4);
  if (!over || memcmp(data, "HTTP/1.1 101", 12) != 0) { /* an answer of 200 bytes comes in one piece on loopback */
    if (failed < 3) fprintf(stderr, "no handshake: %.*s\n", length < 200 ? length : 200, data);
    end(p);
    return;
  }
  p->state = SHAKEN, p->shaken = at, p->last = -1;
  if (*first_text) send_masked(p, 1, first_text, (int)strlen(first_text));
  if (!*ready_text) is_ready(p, at);
  feed(p, over + 4, length - (over + 4 - data), at);
}

/* Line `i` of the file of cookies, which begins again at its end. */
static const char *cookie_of(long i) {
  static char *lines[PAGES];
  static long n;
  static char *of;
  if (of != cookies)
    for (n = 0, of = cookies; n < PAGES && (lines[n] = strtok(n ? NULL : cookies, "\n")); n++) {}
  return n ? lines[i % n] : "";
}

static void read_cookies(const char *name) {
  FILE *file = fopen(name, "r");
  must(file != NULL, name);
  cookies = calloc(1, 1 << 23);
  must(fread(cookies, 1, (1 << 23) - 1, file) > 0, "cookies");
  fclose(file);
}

static void request(struct page *p, const char *where, const char *extra) {
  char asked[4096];
  int length = snprintf(asked, sizeof asked,
                        "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n%s\r\n", where, port, extra);
  if (write(p->fd, asked, (size_t)length) != length) { end(p); return; }
  p->state = SHAKING;
}

static struct page *come(int64_t due, int kind) {
  static int sources;
  struct page *p = &pages[count++];
  int yes = 1;
  *p = (struct page){.fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), .kind = (unsigned char)kind, .due = due, .last = -1};
  must(p->fd >= 0, "socket");
  setsockopt(p->fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  if (rcvbuf) setsockopt(p->fd, SOL_SOCKET, SO_RCVBUF, &rcvbuf, sizeof rcvbuf);
  struct sockaddr_in from = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(0x7F000002u + (unsigned)(sources++ % SOURCES))};
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  setsockopt(p->fd, IPPROTO_IP, 24 /* IP_BIND_ADDRESS_NO_PORT */, &yes, sizeof yes);
  must(bind(p->fd, (struct sockaddr *)&from, sizeof from) == 0, "bind");
  if (connect(p->fd, (struct sockaddr *)&to, sizeof to) < 0 && errno != EINPROGRESS) { end(p); return p; }
  struct epoll_event event = {.events = EPOLLIN | EPOLLOUT | EPOLLET, .data.ptr = p};
  epoll_ctl(poll_fd, EPOLL_CTL_ADD, p->fd, &event);
  return p;
}

static void hear(struct page *p, uint32_t what) {
  static unsigned char data[1 << 18];
  if (p->state == CONNECTING && what & (EPOLLOUT | EPOLLERR)) {
    char with_cookie[2600];
    snprintf(with_cookie, sizeof with_cookie, cookies ? "%sCookie: %s\r\n" : "%s", headers, cookies ? cookie_of(p - pages) : "");
    if (!p->talks) request(p, path, with_cookie);
  }
  while (p->state != GONE && what & (EPOLLIN | EPOLLHUP | EPOLLERR)) {
    ssize_t got = read(p->fd, data, sizeof data);
    if (got < 0 && errno == EAGAIN) return;
    if (got <= 0) { end(p); return; }
    if (p->state == SHAKING) shake(p, data, (int)got, now_ns());
    else feed(p, data, got, now_ns());
    if (p->kind != WELL && p->state == READY) return;
    if (got < (ssize_t)sizeof data) return; /* edge-triggered: a short read on a stream has emptied it */
  }
}

/* Once round: wait until `until` at the most. */
static void round_trip(int64_t until) {
  struct epoll_event events[1024];
  int64_t left = until - now_ns();
  struct timespec wait = {left > 0 ? left / 1000000000 : 0, left > 0 ? left % 1000000000 : 0};
  int ready = (int)syscall(SYS_epoll_pwait2, poll_fd, events, 1024, &wait, NULL, 0);
  for (int i = 0; i < ready; i++) hear(events[i].data.ptr, events[i].events);
  /* While changes pour in, gather some before looking again: being woken for each costs both sides, and only on loopback. */
  if (events_now && ready > 0 && ready < 64) nanosleep(&(struct timespec){0, GATHER_NS}, NULL);
}

static void rest(double seconds) {
  for (int64_t until = now_ns() + (int64_t)(seconds * 1e9); now_ns() < until;) round_trip(until);
}

/* How many of the pages from `first` on wait to be ready, and how many are. */
static void look(int first, int *waiting, int *ready) {
  *waiting = *ready = 0;
  for (int i = first; i < count; i++) *waiting += pages[i].state < READY, *ready += pages[i].state == READY;
}

static void open_pages(int n, double rate, int window, int kind) {
  int first = count, waiting = 0, ready = 0, came = 0;
  int64_t begun = now_ns(), checked = begun, patience = begun + (int64_t)((PATIENCE_S + (rate > 0 ? n / rate : 0)) * 1e9);
  long failed_before = failed;
  double cpu_before = cpu();
  while ((came < n || waiting) && now_ns() < patience) {
    int64_t now = now_ns(), due = rate > 0 ? begun + (int64_t)(came / rate * 1e9) : now;
    for (; came < n && (rate > 0 ? due <= now : came - (ready + (int)(failed - failed_before)) < window); came++) {
      come(due, kind);
      due = rate > 0 ? begun + (int64_t)((came + 1) / rate * 1e9) : now;
    }
    round_trip(came < n && rate > 0 ? due : now + 2000000);
    if (now - checked > 500000 || came == n) look(first, &waiting, &ready), checked = now;
  }
  look(first, &waiting, &ready);
  int64_t *took = malloc((size_t)(n + 1) * 2 * sizeof *took), *till_ready = took + n, over = begun;
  long k = 0;
  for (int i = first; i < count; i++)
    if (pages[i].state == READY) {
      took[k] = pages[i].shaken - pages[i].due, till_ready[k++] = pages[i].ready - pages[i].due;
      if (pages[i].ready > over) over = pages[i].ready;
    }
  printf("{");
  told("shaken", took, k);
  told("ready", till_ready, k);
  printf("\"failed\": %d, \"seconds\": %.4f, \"cpu\": %.3f}\n", n - ready, (over - begun) / 1e9, cpu() - cpu_before);
  free(took);
}

static void trigger(const char *wording) {
  char asked[8000], op[48];
  static int next;
  struct page *p = &pages[next++ % talkers];
  snprintf(op, sizeof op, "swarm-%d-%ld", (int)getpid(), ops++);
  int length = snprintf(asked, sizeof asked, wording, op);
  send_masked(p, 1, asked, length);
}

static void fire(int n, int64_t period, const char *wording) {
  well = 0;
  for (int i = talkers; i < count; i++) pages[i].heard = 0, well += pages[i].kind == WELL && pages[i].state == READY;
  arrival = malloc((size_t)n * (size_t)well * sizeof *arrival + 8);
  memset(reached, 0, sizeof reached);
  heard_all = bytes = frames = 0;
  gaps = lost = 0;
  events_now = 0;
  double cpu_before = cpu();
  int64_t begun = now_ns(), due = begun, patience = begun + n * period + PATIENCE_S * (int64_t)1000000000;
  while (heard_all < (long)n * well && now_ns() < patience) {
    int64_t now = now_ns();
    int free_now = period ? now >= due : events_now == 0 || reached[events_now - 1] == well;
    if (events_now < n && free_now) {
      fired[events_now++] = period ? due : now;
      due += period;
      trigger(wording);
    }
    round_trip(events_now < n && period ? due : now + 1000000);
  }
  int64_t *whole = malloc((size_t)n * sizeof *whole);
  printf("{\"listeners\": %d, \"events\": %d, \"delivered\": %ld, \"missing\": %ld, \"gaps\": %ld, \"lost\": %ld, ", well, events_now,
         heard_all, (long)n * well - heard_all, gaps, lost);
  printf("\"bytes\": %ld, \"frames\": %ld, \"seconds\": %.4f, \"cpu\": %.3f, ", bytes, frames, (last_arrival - begun) / 1e9, cpu() - cpu_before);
  /* the last of each event: arrivals are in order, so that of event k is found by counting */
  long many = 0;
  int64_t *worst = calloc((size_t)n, sizeof *worst);
  for (long i = 0; i < heard_all && period == 0; i++, many++) {
    long k = i / (well ? well : 1);
    if (arrival[i] > worst[k]) worst[k] = arrival[i];
  }
  if (period == 0) told("whole", worst, many / (well ? well : 1));
  told("delivery", arrival, heard_all);
  printf("\"last\": %ld}\n", count > talkers ? pages[count - 1].last : -1);
  free(whole), free(worst), free(arrival);
  arrival = NULL, events_now = 0;
}

static void drop(void) {
  struct linger now = {1, 0};
  for (int i = talkers; i < count; i++)
    if (pages[i].state != GONE) {
      setsockopt(pages[i].fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
      close(pages[i].fd);
    }
  count = talkers;
  printf("{\"dropped\": 1}\n");
}

static void talk(const char *where, const char *extra) {
  struct page *p = come(now_ns(), WELL);
  must(count == talkers + 1, "talkers come before pages");
  p->talks = 1, talkers++;
  usleep(20000);
  request(p, where, extra);
  for (int64_t until = now_ns() + 10000000000; p->state < READY && now_ns() < until;) round_trip(now_ns() + 1000000);
  printf("{\"talks\": %d}\n", p->state == READY);
}

static void unescape(char *s) {
  char *to = s;
  for (; *s; s++) {
    if (s[0] == '\\' && (s[1] == 'r' || s[1] == 'n')) *to++ = s[1] == 'r' ? '\r' : '\n', s++;
    else *to++ = *s;
  }
  *to = 0;
}

static void set(const char *what, char *value) {
  unescape(value);
  if (!strcmp(what, "port")) port = atoi(value);
  if (!strcmp(what, "sio")) sio = atoi(value);
  if (!strcmp(what, "rcvbuf")) rcvbuf = atoi(value);
  if (!strcmp(what, "cookies")) read_cookies(value);
  if (!strcmp(what, "path")) snprintf(path, sizeof path, "%s", value);
  if (!strcmp(what, "headers")) snprintf(headers, sizeof headers, "%s", value);
  if (!strcmp(what, "ready")) snprintf(ready_text, sizeof ready_text, "%s", value);
  if (!strcmp(what, "open")) snprintf(first_text, sizeof first_text, "%s", value);
  printf("{\"set\": 1}\n");
}

int main(void) {
  char line[8192], *f[6];
  signal(SIGPIPE, SIG_IGN);
  open_many_files();
  poll_fd = epoll_create1(0);
  /* Between two commands pings are not answered: the driver says `rest` when it has nothing to measure. */
  while (fgets(line, sizeof line, stdin)) {
    line[strcspn(line, "\n")] = 0;
    int n = 0;
    for (char *rest_of = line; n < 6 && (f[n] = strsep(&rest_of, "\t")); n++) {}
    if (!strcmp(f[0], "set") && n >= 3) set(f[1], f[2]);
    else if (!strcmp(f[0], "talk") && n >= 3) { unescape(f[2]); talk(f[1], f[2]); }
    else if (!strcmp(f[0], "open") && n >= 5)
      open_pages(atoi(f[1]), atof(f[2]), atoi(f[3]), f[4][0] == 's' ? STALLED : f[4][0] == 'd' ? DEAD : WELL);
    else if (!strcmp(f[0], "fire") && n >= 4) fire(atoi(f[1]), atoll(f[2]) * 1000, f[3]);
    else if (!strcmp(f[0], "drop")) drop();
    else if (!strcmp(f[0], "rest") && n >= 2) { rest(atof(f[1])); printf("{\"lost\": %ld}\n", lost); }
    else printf("{\"unknown\": 1}\n");
    fflush(stdout);
  }
}
