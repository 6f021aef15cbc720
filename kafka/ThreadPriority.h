// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <librdkafka/rdkafka.h>

namespace desk {

// Reading a topic takes every processor it can get, and the window needs a moment of one at once whenever the operator
// does something. So the threads that read stand behind it: they have a higher nice value, where the system has one
// per thread (Linux); elsewhere nothing happens.
void standBehindWindow();                               // the calling thread, for the rest of its life
void standBehindWindow(rd_kafka_conf_t *configuration); // the client's own threads, once it is made

} // namespace desk
