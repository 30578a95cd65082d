#pragma once
#include <spawn.h>

// GNU's, so not in Swift's module of the C library: what a program starts with is what it was given, and no descriptor
// that happened to be open meanwhile. One that holds another's pipe keeps its reader waiting for as long as it runs.
int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *, int);
