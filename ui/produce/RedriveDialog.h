// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/MessageDecoder.h"
#include "ui/produce/SendDialog.h"

class QCheckBox;
class QComboBox;

namespace desk {

class LineTable;
class RedriveModel;
class Theme;
class TopicField;

// Sends messages of the stream to another topic, bytes and headers unchanged, after showing what goes where. Each
// carries headers that say where it came from, unless that is switched off. GUI thread.
class RedriveDialog : public SendDialog
{
    Q_OBJECT

public:
    static constexpr int MostMessages = 10'000;

    RedriveDialog(const BrokerSettings &brokers, const DecodingSources &decoding,
                  std::shared_ptr<MessageLog> log, Theme &theme, QWidget *parent);

    // Rows of the log, oldest first. Chosen ones come first; without any, what is shown is meant.
    void setMessages(const QList<qint64> &chosen, const QList<qint64> &shown);
    void setTarget(const QString &topic);
    [[nodiscard]] RedriveModel &model() const { return *m_model; }

protected:
    void submit() override;

private:
    void build();
    void showMessages();
    void showTarget();

    std::shared_ptr<MessageLog> m_log;
    QList<qint64> m_chosen;
    QList<qint64> m_shown;
    RedriveModel *m_model;
    QComboBox *m_which;
    TopicField *m_topic;
    QCheckBox *m_keepKey;
    QCheckBox *m_keepPartition;
    QCheckBox *m_addOrigin;
    LineTable *m_table;
};

} // namespace desk
