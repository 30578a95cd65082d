// People who rest between an answer and their next request: each connection is one of them. wrk can't do that for many:
// its timers are of a millisecond, so that requests come in bursts, and for every event it goes through all of them and
// asks for the time at each.
//
// Rests are drawn evenly from nothing to twice their mean, the first of them too.
// usage: people PORT FILE CONNECTIONS SECONDS REST [once]
//   FILE: a request a line, its bytes with \r, \n and \\ written so, sent in their order, from the first again after the last
//   SECONDS: when to stop
//   REST: seconds on average
//   once: until each request is served, and no longer; whoever is refused rests as long as Retry-After says, and asks again
// SIGTERM ends it before.
// Prints one line of JSON: how many were answered by 2xx or 304 (`served`; `empty` are those of them without news, 204 and
// 304), by 503 with Retry-After (`refused`), and in another way or not at all (`failed`); microseconds of the served in
// `median` and `p99`, of the refused in `p99refused`; `seconds`, and the processor seconds of this program in `processor`.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { EVENTS = 256, HEADER = 4096 };

struct text {
    char *bytes;
    size_t count;
};

struct connection {
    int socket;
    struct text *request; // what was sent last
    double asked;         // when that was; 0 while the connection rests
    bool is_refused;      // whether it is to be sent again
    size_t header_count;  // bytes of the answer's header that have come
    long body_left;       // bytes of its body that have not; -1 while its header comes
    int status;
    int retry_after;  // seconds; 0 when the answer does not name them
    bool closes;
    char header[HEADER];
};

// A list of values that grows.
struct series {
    double *values;
    size_t count, room;
};

static struct text *requests;
static size_t request_count, next_request;
static bool once;
static struct connection *connections;
static size_t connection_count;
static int poller;
static struct sockaddr_in server;
static struct series served, refused;
static long empty, failed;

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec / 1e9;
}

static void stop(const char *what) {
    fprintf(stderr, "people: %s: %s\n", what, strerror(errno));
    exit(1);
}

static void add(struct series *series, double value) {
    if (series->count == series->room) {
        series->room = series->room ? 2 * series->room : 1024;
        series->values = realloc(series->values, series->room * sizeof(double));
        if (!series->values) stop("no memory");
    }
    series->values[series->count++] = value;
}

static int ascending(const void *left, const void *right) {
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

// Microseconds below which a part of the values lies.
static double percentile(struct series *series, double part) {
    if (series->count == 0) return 0;
    qsort(series->values, series->count, sizeof(double), ascending);
    size_t index = series->count * part;
    return series->values[index < series->count ? index : series->count - 1] * 1e6;
}

static void read_requests(const char *path) {
    FILE *file = fopen(path, "r");
    char *line = NULL;
    size_t room = 0, kept = 0;
    ssize_t length;
    if (!file) stop(path);
    while ((length = getline(&line, &room, file)) > 0) {
        if (request_count == kept) {
            kept = kept ? 2 * kept : 1024;
            requests = realloc(requests, kept * sizeof *requests);
            if (!requests) stop("no memory");
        }
        struct text *request = &requests[request_count++];
        request->bytes = malloc(length);
        request->count = 0;
        if (!request->bytes) stop("no memory");
        for (ssize_t index = 0; index < length && line[index] != '\n'; index++) {
            char byte = line[index];
            if (byte == '\\' && index + 1 < length) {
                byte = line[++index];
                byte = byte == 'r' ? '\r' : byte == 'n' ? '\n' : byte;
            }
            request->bytes[request->count++] = byte;
        }
    }
    free(line);
    fclose(file);
    if (request_count == 0) stop("no requests");
}

static void connect_anew(struct connection *connection) {
    int on = 1;
    connection->socket = socket(AF_INET, SOCK_STREAM, 0);
    if (connection->socket < 0 || connect(connection->socket, (struct sockaddr *)&server, sizeof server) != 0)
        stop("no connection");
    setsockopt(connection->socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = connection};
    if (epoll_ctl(poller, EPOLL_CTL_ADD, connection->socket, &event) != 0) stop("epoll");
    connection->body_left = -1;
}

// Who rests, in a heap: whoever is to ask first stands first.
static struct rest {
    double until;
    struct connection *connection;
} *resting;
static size_t resting_count;
static double mean_rest;

static void rest(struct connection *connection, double seconds) {
    struct rest added = {now() + seconds, connection};
    size_t place = resting_count++;
    connection->asked = 0;
    for (; place > 0 && resting[(place - 1) / 2].until > added.until; place = (place - 1) / 2)
        resting[place] = resting[(place - 1) / 2];
    resting[place] = added;
}

static double usual_rest(void) {
    return 2 * mean_rest * drand48();
}

static struct connection *wake(void) {
    struct connection *woken = resting[0].connection;
    struct rest last = resting[--resting_count];
    size_t place = 0, below;
    for (; (below = 2 * place + 1) < resting_count; place = below) {
        if (below + 1 < resting_count && resting[below + 1].until < resting[below].until) below++;
        if (resting[below].until >= last.until) break;
        resting[place] = resting[below];
    }
    resting[place] = last;
    return woken;
}

static void send_request(struct connection *connection) {
    if (!connection->is_refused) {
        // Nothing is left: the connection stays idle.
        if (once && next_request == request_count) return;
        connection->request = &requests[next_request++ % request_count];
    }
    struct text *request = connection->request;
    connection->is_refused = false;
    connection->asked = now();
    connection->header_count = 0;
    connection->body_left = -1;
    // A request fits into the socket's buffer, which is empty.
    if (send(connection->socket, request->bytes, request->count, MSG_NOSIGNAL) != (ssize_t)request->count)
        stop("a request was not taken");
}

static void end_request(struct connection *connection) {
    double took = now() - connection->asked;
    int status = connection->status;
    double pause = usual_rest();
    if ((status >= 200 && status < 300) || status == 304) {
        add(&served, took);
        empty += status == 204 || status == 304;
    } else if (status == 503 && connection->retry_after > 0) {
        add(&refused, took);
        if (once) {
            connection->is_refused = true;
            pause = connection->retry_after;
        }
    } else {
        failed++;
    }
    if (connection->closes) {
        close(connection->socket);
        connect_anew(connection);
    }
    rest(connection, pause);
}

static void lose(struct connection *connection) {
    if (connection->asked != 0) {
        failed++;
        rest(connection, usual_rest());
    }
    close(connection->socket);
    connect_anew(connection);
}

// Understands a header that ends at `end`; returns false when it is none.
static bool read_header(struct connection *connection, char *end) {
    *end = 0;
    if (sscanf(connection->header, "HTTP/1.1 %d", &connection->status) != 1) return false;
    char *length = strcasestr(connection->header, "\r\nContent-Length:");
    char *retry_after = strcasestr(connection->header, "\r\nRetry-After:");
    connection->retry_after = retry_after ? atoi(retry_after + 14) : 0;
    connection->closes = strcasestr(connection->header, "\r\nConnection: close") != NULL;
    bool is_bare = connection->status == 204 || connection->status == 304;
    connection->body_left = length && !is_bare ? atol(length + 17) : 0;
    return true;
}

static void receive(struct connection *connection) {
    if (connection->body_left < 0) {
        char *free_place = connection->header + connection->header_count;
        ssize_t count = recv(connection->socket, free_place, HEADER - 1 - connection->header_count, MSG_DONTWAIT);
        if (count < 0 && (errno == EAGAIN || errno == EINTR)) return;
        if (count <= 0 || connection->asked == 0) return lose(connection);
        connection->header_count += count;
        connection->header[connection->header_count] = 0;
        char *end = strstr(connection->header, "\r\n\r\n");
        if (!end) {
            if (connection->header_count == HEADER - 1) lose(connection);
            return;
        }
        size_t body = connection->header + connection->header_count - (end + 4);
        if (!read_header(connection, end) || (long)body > connection->body_left) return lose(connection);
        connection->body_left -= body;
    }
    while (connection->body_left > 0) {
        // Thrown away where it is: a phone copies elsewhere than where the service runs.
        ssize_t count = recv(connection->socket, NULL, connection->body_left, MSG_DONTWAIT | MSG_TRUNC);
        if (count < 0 && (errno == EAGAIN || errno == EINTR)) return;
        if (count <= 0) return lose(connection);
        connection->body_left -= count;
    }
    connection->body_left = -1;
    end_request(connection);
}

static volatile sig_atomic_t is_ended;

static void end(int signal) {
    (void)signal;
    is_ended = 1;
}

int main(int count, char **arguments) {
    once = count == 7 && strcmp(arguments[6], "once") == 0;
    if (count != 6 && !once) {
        fprintf(stderr, "usage: people PORT FILE CONNECTIONS SECONDS REST [once]\n");
        return 2;
    }
    connection_count = atol(arguments[3]);
    double seconds = atof(arguments[4]);
    mean_rest = atof(arguments[5]);
    server = (struct sockaddr_in){
        .sin_family = AF_INET, .sin_port = htons(atoi(arguments[1])), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    read_requests(arguments[2]);
    signal(SIGTERM, end);
    poller = epoll_create1(0);
    connections = calloc(connection_count, sizeof *connections);
    resting = calloc(connection_count, sizeof *resting);
    if (poller < 0 || !connections || !resting) stop("no memory");
    for (size_t index = 0; index < connection_count; index++) connect_anew(&connections[index]);
    for (size_t index = 0; index < connection_count; index++) rest(&connections[index], usual_rest());

    struct epoll_event events[EVENTS];
    struct rusage usage;
    double started = now(), ends = started + seconds, time;
    while ((time = now()) < ends && !is_ended && !(once && served.count + failed == request_count)) {
        while (resting_count > 0 && resting[0].until <= time) send_request(wake());
        double until = resting_count > 0 && resting[0].until < ends ? resting[0].until : ends;
        double patience = until > time ? until - time : 0;
        struct timespec wait = {.tv_sec = (time_t)patience, .tv_nsec = (long)((patience - (time_t)patience) * 1e9)};
        int ready = epoll_pwait2(poller, events, EVENTS, &wait, NULL);
        if (ready < 0 && errno != EINTR) stop("epoll");
        for (int index = 0; index < ready; index++) receive(events[index].data.ptr);
    }
    getrusage(RUSAGE_SELF, &usage);
    printf(
        "{\"served\": %zu, \"empty\": %ld, \"refused\": %zu, \"failed\": %ld, \"median\": %.0f, \"p99\": %.0f, "
        "\"p99refused\": %.0f, \"seconds\": %.3f, \"processor\": %.3f}\n",
        served.count, empty, refused.count, failed, percentile(&served, 0.5), percentile(&served, 0.99),
        percentile(&refused, 0.99), now() - started,
        usage.ru_utime.tv_sec + usage.ru_stime.tv_sec + (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6);
    return 0;
}
