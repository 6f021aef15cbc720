// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/DisclosureJournal.h"

#include "models/store/StoreClient.h"

namespace desk {

QFuture<Expected<>> StoreDisclosureJournal::record(const Disclosure &disclosure)
{
    Disclosure own = disclosure;
    own.author = m_author;
    return m_store.run([own](Store &store) { return store.recordDisclosure(own); });
}

} // namespace desk
