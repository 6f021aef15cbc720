// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/StreamSession.h"

#include <QJsonObject>

namespace desk {

class EntityCatalog;

// What the operator wants to read: topics, from where, to where. As it is typed, shown and kept; request() is what a
// StreamSession takes. A value.
struct StreamChoice {
    QStringList topics;
    QString pattern; // of further topics, as typed; see patternFromText()
    StreamStart start;
    StreamEnd end;
    QList<int> partitions; // of each topic, ascending; empty: all

    [[nodiscard]] StreamRequest request() const;
    [[nodiscard]] bool isEmpty() const { return topics.isEmpty() && pattern.isEmpty(); }

    friend bool operator==(const StreamChoice &, const StreamChoice &) = default;
};

// Fallible ones answer InvalidValue with a sentence that says what to write instead.

// The regular expression behind "products_*" (with * and ?, several divided by commas), or behind "/prod.*[0-9]/",
// which is one. Empty for an empty text.
[[nodiscard]] Expected<QString> patternFromText(const QString &text);
// "0, 2, 5-7"; empty, or "all", for all of them.
[[nodiscard]] Expected<QList<int>> partitionsFromText(const QString &text);
[[nodiscard]] QString partitionsText(const QList<int> &partitions); // the other way round
// The topics of a choice: its list, and those of the cluster that its pattern matches. Each once.
[[nodiscard]] QStringList topicsAmong(const StreamChoice &choice, const QStringList &clusterTopics);
// "12 403", "12403", "12,403": a number of messages, or an offset.
[[nodiscard]] Expected<qint64> countFromText(const QString &text, qint64 least);

// "products_*, images_*, todos2", the pattern behind them.
[[nodiscard]] QString topicsText(const StreamChoice &choice, const EntityCatalog &catalog);
// "last 100 to the end · partitions 0, 2".
[[nodiscard]] QString rangeText(const StreamChoice &choice);
[[nodiscard]] QString startText(const StreamStart &start);

// As it is kept in the window's settings. What makes no sense there takes its value from `otherwise`.
[[nodiscard]] QJsonObject choiceToJson(const StreamChoice &choice);
[[nodiscard]] StreamChoice choiceFromJson(const QJsonObject &json, const StreamChoice &otherwise);

} // namespace desk
