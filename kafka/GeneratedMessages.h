// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/MessageSending.h"
#include "models/generation/RecordGenerator.h"

namespace desk {

// Messages to be made up: whose, how many, where to. A value.
struct GenerationRequest {
    std::shared_ptr<const EntityCatalog> catalog;
    const EntityType *entity = nullptr; // of the catalog, with records or without
    GenerationChoice choice;
    QString topic; // empty: the entity's for additions
    qint64 count = 0;

    [[nodiscard]] QString target() const;
    // What the messages say: what the topic stands for, where it is one of the entity's for one verb, else an addition.
    [[nodiscard]] Verb verb() const;
};

// The messages by the entity's contract: key, encoding, frame. An error of the generator or of the registry ends them.
// The source keeps all it needs; the registry is asked when the first message is.
[[nodiscard]] MessageSource generatedMessages(const GenerationRequest &request,
                                              const BrokerSettings &brokers);

// A message as it is shown before it is sent: columns whose names are sensitive are masked.
struct GeneratedPreview {
    QString key;
    QByteArray value; // JSON on one line, by column names in their order
};

// The first `most` of them, without asking anybody.
[[nodiscard]] Expected<QList<GeneratedPreview>> previewOf(const GenerationRequest &request, qint64 most,
                                                          const SensitiveNames &names);

} // namespace desk
