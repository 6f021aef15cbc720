// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/schema/Error.h"

#include <QNetworkReply>
#include <QUrl>

namespace desk {

// What a schema registry answered, as far as it answered at all. A value.
struct RegistryReply {
    QNetworkReply::NetworkError network = QNetworkReply::NoError;
    QString reason;         // the network's own words
    bool isOverdue = false; // no whole answer within the time
    bool isTooLarge = false;
    int status = 0; // of HTTP; 0: none came
    QByteArray body;

    // The registry's "error_code" and "message"; 0 and empty if the body has none.
    [[nodiscard]] int errorCode() const;
    [[nodiscard]] QString message() const;
};

// What a reply that is no success means to an operator. Any thread.
//   Unreachable   away, slow, or at fault itself: worth trying again
//   Unauthorised  user name, password or rights
//   Conflict      the schema is not compatible with the subject's earlier ones
//   BadSchema     the registry cannot use the schema
//   NotFound      no such schema
//   Format        what answers there is no schema registry
[[nodiscard]] Error registryError(const RegistryReply &reply, const QUrl &registry, const QString &subject);

// The sentence for a workspace that has no registry: what to set.
[[nodiscard]] Error noRegistryError();

// The registry's address for people: without user name and password.
[[nodiscard]] QString registryText(const QUrl &registry);

} // namespace desk
