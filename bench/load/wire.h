/* What both programs need of RFC 6455 and of Linux: the key's answer, frame heads, the clock. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static inline int64_t now_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static inline void must(int condition, const char *what) {
  if (condition) return;
  perror(what);
  exit(1);
}

/* As many files as this account may have; root may have more than the hard limit. */
static inline void open_many_files(void) {
  struct rlimit most = {200000, 200000};
  if (setrlimit(RLIMIT_NOFILE, &most) == 0) return;
  getrlimit(RLIMIT_NOFILE, &most);
  most.rlim_cur = most.rlim_max;
  setrlimit(RLIMIT_NOFILE, &most);
}

/* The head of a text frame without mask; returns its length. */
static inline int text_head(unsigned char *head, size_t length) {
  head[0] = 0x81;
  if (length < 126) return head[1] = (unsigned char)length, 2;
  head[1] = 126, head[2] = (unsigned char)(length >> 8), head[3] = (unsigned char)length;
  return 4;
}

/* SHA-1 of a short text (RFC 3174), for Sec-WebSocket-Accept only. */
static inline void sha1(const unsigned char *text, size_t length, unsigned char digest[20]) {
  uint32_t h[5] = {0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0}, w[80];
  unsigned char padded[128] = {0};
  size_t whole = length < 56 ? 64 : 128;
  memcpy(padded, text, length);
  padded[length] = 0x80;
  for (int i = 0; i < 4; i++) padded[whole - 1 - i] = (unsigned char)((length * 8) >> (8 * i));
  for (size_t block = 0; block < whole; block += 64) {
    for (int i = 0; i < 16; i++)
      w[i] = (uint32_t)padded[block + 4 * i] << 24 | padded[block + 4 * i + 1] << 16 | padded[block + 4 * i + 2] << 8 |
             padded[block + 4 * i + 3];
#define ROLL(x, n) ((x) << (n) | (x) >> (32 - (n)))
    for (int i = 16; i < 80; i++) w[i] = ROLL(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
    uint32_t a = h[0], b = h[1], c = h[2], d = h[3], e = h[4];
    for (int i = 0; i < 80; i++) {
      uint32_t f, k;
      if (i < 20) f = (b & c) | (~b & d), k = 0x5A827999;
      else if (i < 40) f = b ^ c ^ d, k = 0x6ED9EBA1;
      else if (i < 60) f = (b & c) | (b & d) | (c & d), k = 0x8F1BBCDC;
      else f = b ^ c ^ d, k = 0xCA62C1D6;
      uint32_t next = ROLL(a, 5) + f + e + k + w[i];
      e = d, d = c, c = ROLL(b, 30), b = a, a = next;
    }
    h[0] += a, h[1] += b, h[2] += c, h[3] += d, h[4] += e;
  }
  for (int i = 0; i < 20; i++) digest[i] = (unsigned char)(h[i / 4] >> (24 - 8 * (i % 4)));
}

/* Sec-WebSocket-Accept for a key of 24 characters. */
static inline void accept_of(const char *key, char answer[29]) {
  static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  unsigned char text[64], digest[21] = {0};
  memcpy(text, key, 24);
  memcpy(text + 24, "258EAFA5-E914-47DA-95CA-C5AB0DC85B11", 36);
  sha1(text, 60, digest);
  for (int i = 0, out = 0; i < 21; i += 3) {
    uint32_t three = (uint32_t)digest[i] << 16 | digest[i + 1] << 8 | digest[i + 2];
    for (int shift = 18; shift >= 0; shift -= 6) answer[out++] = letters[three >> shift & 63];
  }
  answer[27] = '=', answer[28] = 0;
}
