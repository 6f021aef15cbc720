// SPDX-License-Identifier: GPL-3.0-or-later
#include "kafka/ThreadPriority.h"

#ifdef __linux__
#include <sys/resource.h>
#include <unistd.h>
#endif

namespace desk {

namespace {

constexpr char InterceptorName[] = "catalog-desk-priority";

rd_kafka_resp_err_t onThreadStart(rd_kafka_t *, rd_kafka_thread_type_t, const char *, void *)
{
    standBehindWindow();
    return RD_KAFKA_RESP_ERR_NO_ERROR;
}

rd_kafka_resp_err_t onNew(rd_kafka_t *client, const rd_kafka_conf_t *, void *, char *, size_t)
{
    return rd_kafka_interceptor_add_on_thread_start(client, InterceptorName, onThreadStart, nullptr);
}

} // namespace

void standBehindWindow()
{
#ifdef __linux__
    constexpr int Nice = 5; // a third of the window's share when both want all
    static_cast<void>(setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), Nice));
#endif
}

void standBehindWindow(rd_kafka_conf_t *configuration)
{
    static_cast<void>(rd_kafka_conf_interceptor_add_on_new(configuration, InterceptorName, onNew, nullptr));
}

} // namespace desk
