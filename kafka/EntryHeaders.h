// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/EventIds.h"

#include <QByteArray>
#include <QByteArrayView>

#include <array>
#include <charconv>
#include <memory>

namespace desk {

// The headers of a journal entry's event. A relay holds thousands of events; their headers are longer than most
// payloads and nearly all the same, so they are written out only while they are visited. A value; one thread.
class EntryHeaders
{
public:
    static constexpr int Count = 7;

    // What many events have in common.
    struct Common {
        std::shared_ptr<const EventIds> ids;
        QByteArray origin;
        QByteArray operation;
        QByteArray schema;
        QByteArray author;
    };

    // `at`: milliseconds since 1970, UTC.
    EntryHeaders(std::shared_ptr<const Common> common, qint64 position, qint64 at, qint64 version)
        : m_common(std::move(common))
        , m_position(position)
        , m_at(at)
        , m_version(version)
    { }

    // visit(QByteArrayView name, QByteArrayView value); the views are valid during the call.
    template <typename Visit>
    void forEach(Visit visit) const
    {
        Text text;
        m_common->ids->write(m_position, text.data());
        visit(QByteArrayView("id"), QByteArrayView(text.data(), EventIds::TextBytes));
        visit(QByteArrayView("origin"), QByteArrayView(m_common->origin));
        visit(QByteArrayView("operation"), QByteArrayView(m_common->operation));
        visit(QByteArrayView("at"), writeTime(text));
        visit(QByteArrayView("schema"), QByteArrayView(m_common->schema));
        const char *end = std::to_chars(text.data(), text.data() + text.size(), m_version).ptr;
        visit(QByteArrayView("version"), QByteArrayView(text.data(), end));
        visit(QByteArrayView("author"), QByteArrayView(m_common->author));
    }

private:
    using Text = std::array<char, EventIds::TextBytes>;

    // As Qt::ISODateWithMs.
    QByteArrayView writeTime(Text &text) const;

    std::shared_ptr<const Common> m_common;
    qint64 m_position = 0;
    qint64 m_at = 0;
    qint64 m_version = 0;
};

} // namespace desk
