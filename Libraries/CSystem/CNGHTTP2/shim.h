#pragma once
// Nothing that Swift's module of the C library has, too: the same header in two modules hides its constants.
#include <nghttp2/nghttp2.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
