// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/workspace/Workspace.h"

#include <QProcessEnvironment>

namespace desk {

// Settings by the names the older services use, from the process environment or a .env file:
//   DATABASE_URL, or DATABASE_HOST/PORT, DATABASE, DATABASE_USER, DATABASE_PASSWORD (contract E),
//   or POSTGRES_HOST/PORT/DB/USER/PASSWORD
//   BOOTSTRAP_SERVERS (A to C), BOOTSTRAP_SERVER, KAFKA_HOST (E)
//   SECURITY_PROTOCOL, SASL_MECHANISM or SASL_MECHANISMS, SASL_USERNAME, SASL_PASSWORD (C)
//   TOPICS_PARTITIONS, TOPICS_REPLICAS (C), SCHEMA_REGISTRY_URL (D)
// A name that is not set, or set to nothing, leaves the workspace's own value. InvalidValue names the
// variable otherwise, never its value.
[[nodiscard]] Expected<Workspace> withEnvironment(Workspace workspace,
                                                  const QProcessEnvironment &environment);

// Fills in the passwords a workspace lacks (DATABASE_PASSWORD or POSTGRES_PASSWORD, SASL_PASSWORD) and
// leaves everything else: for a workspace that was asked for by name.
[[nodiscard]] Workspace withPasswords(Workspace workspace, const QProcessEnvironment &environment);

// Reads NAME=VALUE lines: "#" comments, "export ", single and double quotes. Format with file and line
// for a line that is none of these.
[[nodiscard]] Expected<QProcessEnvironment> readEnvironmentFile(const QString &path);

} // namespace desk
