// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/Disclosure.h"

#include <QFuture>

namespace desk {

class StoreClient;

// Where it is written down that somebody has a sensitive field of a message shown. The field is shown only
// after that was answered without an error. Owned by the window; GUI thread.
class DisclosureJournal
{
public:
    virtual ~DisclosureJournal() = default;

    // Author and time are filled in here.
    [[nodiscard]] virtual QFuture<Expected<>> record(const Disclosure &disclosure) = 0;
};

// In the workspace's database.
class StoreDisclosureJournal : public DisclosureJournal
{
public:
    StoreDisclosureJournal(StoreClient &store, const QString &author) : m_store(store), m_author(author) { }

    [[nodiscard]] QFuture<Expected<>> record(const Disclosure &disclosure) override;

private:
    StoreClient &m_store;
    QString m_author;
};

} // namespace desk
