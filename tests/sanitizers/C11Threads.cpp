// SPDX-License-Identifier: GPL-3.0-or-later
// librdkafka makes its threads and locks with <threads.h>, which GCC's thread sanitizer does not know: it would take
// every lock of the library for none, and crash in a thread that it has not seen begin. In a build with that sanitizer
// the same names stand for POSIX threads, which it knows. glibc's types of both have the same layout.
#include <cerrno>
#include <cstdint>
#include <memory>

#include <pthread.h>
#include <threads.h>

namespace {

static_assert(sizeof(mtx_t) == sizeof(pthread_mutex_t) && sizeof(cnd_t) == sizeof(pthread_cond_t));

auto *posix(mtx_t *mutex)
{
    return reinterpret_cast<pthread_mutex_t *>(mutex);
}
auto *posix(cnd_t *condition)
{
    return reinterpret_cast<pthread_cond_t *>(condition);
}
int result(int code)
{
    return code == 0        ? thrd_success
        : code == ETIMEDOUT ? thrd_timedout
        : code == EBUSY     ? thrd_busy
                            : thrd_error;
}

} // namespace

extern "C" {

int thrd_create(thrd_t *thread, thrd_start_t function, void *argument)
{
    struct Start {
        thrd_start_t function;
        void *argument;
    };
    const auto run = [](void *pointer) -> void * {
        const std::unique_ptr<Start> start(static_cast<Start *>(pointer));
        return reinterpret_cast<void *>(static_cast<intptr_t>(start->function(start->argument)));
    };
    auto start = std::make_unique<Start>(Start{function, argument});
    const int code = pthread_create(thread, nullptr, run, start.get());
    if (code == 0)
        static_cast<void>(start.release()); // the thread's now
    return result(code);
}
int thrd_join(thrd_t thread, int *answer)
{
    void *pointer = nullptr;
    const int code = pthread_join(thread, &pointer);
    if (answer)
        *answer = static_cast<int>(reinterpret_cast<intptr_t>(pointer));
    return result(code);
}

int mtx_init(mtx_t *mutex, int type)
{
    pthread_mutexattr_t attributes;
    pthread_mutexattr_init(&attributes);
    if (type & mtx_recursive)
        pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_RECURSIVE);
    const int code = pthread_mutex_init(posix(mutex), &attributes);
    pthread_mutexattr_destroy(&attributes);
    return result(code);
}
int mtx_lock(mtx_t *mutex)
{
    return result(pthread_mutex_lock(posix(mutex)));
}
int mtx_unlock(mtx_t *mutex)
{
    return result(pthread_mutex_unlock(posix(mutex)));
}
void mtx_destroy(mtx_t *mutex)
{
    pthread_mutex_destroy(posix(mutex));
}

int cnd_init(cnd_t *condition)
{
    return result(pthread_cond_init(posix(condition), nullptr));
}
int cnd_signal(cnd_t *condition)
{
    return result(pthread_cond_signal(posix(condition)));
}
int cnd_broadcast(cnd_t *condition)
{
    return result(pthread_cond_broadcast(posix(condition)));
}
int cnd_wait(cnd_t *condition, mtx_t *mutex)
{
    return result(pthread_cond_wait(posix(condition), posix(mutex)));
}
int cnd_timedwait(cnd_t *condition, mtx_t *mutex, const timespec *until)
{
    return result(pthread_cond_timedwait(posix(condition), posix(mutex), until));
}
void cnd_destroy(cnd_t *condition)
{
    pthread_cond_destroy(posix(condition));
}

} // extern "C"
