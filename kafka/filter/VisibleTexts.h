// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/filter/FilterMasking.h"
#include "kafka/filter/TextMatcher.h"

#include <QList>

namespace desk {

// What of a payload a search for text may look into: the texts of a protobuf message, JSON with its escapes
// resolved, and in both the mask where a sensitive value stands. A payload that should hold sensitive values
// but cannot be read as it should is withheld as a whole. Takes any bytes; keep one per thread.
class VisibleTexts
{
public:
    // The masking outlives this.
    explicit VisibleTexts(const FilterMasking &masking) : m_masking(masking) { }

    [[nodiscard]] bool isInProtobuf(TextMatcher &matcher, const google::protobuf::Descriptor &message,
                                    QByteArrayView payload) const;
    // `sensitive`: members that are so beside those whose names say it.
    [[nodiscard]] bool isInJson(TextMatcher &matcher, QByteArrayView json,
                                const QList<QByteArray> &sensitive = {});
    // Looks into a buffer that the next call changes.
    [[nodiscard]] QByteArrayView ofJson(QByteArrayView json, const QList<QByteArray> &sensitive = {});

    // An object or an array, by its first character.
    [[nodiscard]] static bool looksLikeJson(QByteArrayView bytes);

private:
    [[nodiscard]] bool isInMessage(TextMatcher &matcher, const google::protobuf::Descriptor &message,
                                   QByteArrayView payload, int depth) const;

    const FilterMasking &m_masking;
    QByteArray m_json;
};

} // namespace desk
