// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <tuple>

namespace desk {

// One partition of one topic. A value, ordered by topic and then by number.
struct TopicPartition {
    QString topic;
    int partition = 0;

    friend bool operator==(const TopicPartition &left, const TopicPartition &right)
    {
        return left.partition == right.partition && left.topic == right.topic;
    }
    friend bool operator<(const TopicPartition &left, const TopicPartition &right)
    {
        return std::tie(left.topic, left.partition) < std::tie(right.topic, right.partition);
    }
};

} // namespace desk
