// SPDX-FileCopyrightText: 2026 The ChatApp Uploader authors
// SPDX-License-Identifier: Apache-2.0

// Preloaded into a program (LD_PRELOAD): counts the commits of its SQLite file, and kills it at one
// of them. With a write-ahead log and synchronous=FULL a commit is some writes and then one sync;
// what was written stays after a kill, synced or not, so that "before the commit" means before its
// first write.
//
//   CHATAPP_KILL_FILE   part of the path of the file that counts, and of its -wal
//   CHATAPP_KILL_COUNT  a file that gets one byte for each commit: "w" if it wrote, else "-"
//   CHATAPP_KILL_AT     "before", "amid" (after the first of its writes) or "after"
//   CHATAPP_KILL_NTH    the commit, from 1

#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <dlfcn.h>
#include <fcntl.h>
#include <unistd.h>

namespace {

enum class Stage { Never, Before, Amid, After };

struct Plan {
    const char* file = std::getenv("CHATAPP_KILL_FILE");
    Stage stage = Stage::Never;
    int nth = 0;
    int counter = -1;

    Plan()
    {
        const char* at = std::getenv("CHATAPP_KILL_AT");
        const char* ordinal = std::getenv("CHATAPP_KILL_NTH");
        if (at != nullptr && ordinal != nullptr) {
            nth = std::atoi(ordinal);
            stage = std::strcmp(at, "before") == 0 ? Stage::Before
                : std::strcmp(at, "amid") == 0     ? Stage::Amid
                                                   : Stage::After;
        }
        if (const char* path = std::getenv("CHATAPP_KILL_COUNT"))
            counter = ::open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    }
};

const Plan& plan()
{
    static const Plan made;
    return made;
}

std::atomic<int> commits{0};
std::atomic<bool> written{false}; // since the last commit

bool counts(int fd)
{
    if (plan().file == nullptr)
        return false;
    char link[64];
    char path[4096];
    std::snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    const ssize_t length = ::readlink(link, path, sizeof path - 1);
    if (length < 0)
        return false;
    path[length] = '\0';
    return std::strstr(path, plan().file) != nullptr;
}

void dieAt(Stage stage, int commit)
{
    if (plan().stage != stage || plan().nth != commit)
        return;
    ::kill(::getpid(), SIGKILL);
    for (;;)
        ::pause();
}

template <typename Function>
Function next(const char* name)
{
    return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
}

int syncWith(int (*sync)(int), int fd)
{
    if (!counts(fd))
        return sync(fd);
    const int commit = commits + 1;
    if (!written)
        dieAt(Stage::Before, commit);
    const int result = sync(fd);
    commits = commit;
    const bool wrote = written.exchange(false);
    if (plan().counter >= 0 && ::write(plan().counter, wrote ? "w" : "-", 1) != 1)
        std::abort();
    dieAt(Stage::After, commit);
    return result;
}

} // namespace

extern "C" {

__attribute__((visibility("default"))) int fdatasync(int fd)
{
    static const auto real = next<int (*)(int)>("fdatasync");
    return syncWith(real, fd);
}

__attribute__((visibility("default"))) int fsync(int fd)
{
    static const auto real = next<int (*)(int)>("fsync");
    return syncWith(real, fd);
}

__attribute__((visibility("default"))) ssize_t pwrite64(int fd, const void* data, size_t size,
                                                        off64_t offset)
{
    static const auto real = next<ssize_t (*)(int, const void*, size_t, off64_t)>("pwrite64");
    if (!counts(fd))
        return real(fd, data, size, offset);
    const bool first = !written.exchange(true);
    if (first)
        dieAt(Stage::Before, commits + 1);
    const ssize_t result = real(fd, data, size, offset);
    if (first)
        dieAt(Stage::Amid, commits + 1);
    return result;
}

} // extern "C"
