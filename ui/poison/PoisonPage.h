// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/MessageDecoder.h"
#include "models/store/StoreClient.h"
#include "ui/shell/Page.h"

class QLabel;

namespace desk {

class EmptyState;
class LineTable;
class MessageDetail;
class PoisonTableModel;
class Theme;

// Messages from topics that could not be applied to the catalog, each with its reason and its bytes, and what
// the operator may do: apply them again after a fix, or give them up. GUI thread.
class PoisonPage : public Page
{
    Q_OBJECT

public:
    // `isIngesting`: this window takes topics in.
    PoisonPage(StoreClient &store, bool isIngesting, Theme &theme, QWidget *parent = nullptr);

    [[nodiscard]] QString title() const override { return tr("Poison"); }
    [[nodiscard]] QString iconName() const override { return QStringLiteral("warning"); }
    [[nodiscard]] QList<QAction *> menuActions(PageMenu menu) const override;
    void activated() override;

private:
    void makeActions(Theme &theme);
    void layOut();
    void follow(const PublishingState &state);
    void refresh();
    void showMessages(const QList<PoisonMessage> &messages);
    void showChosen();
    void updateActions();
    void retry();
    void askToDrop();
    void drop(const QList<qint64> &ids);
    [[nodiscard]] QList<PoisonMessage> selected() const;

    StoreClient &m_store;
    bool m_isIngesting;
    MessageDecoder m_decoder;
    PoisonTableModel *m_model;
    LineTable *m_table;
    EmptyState *m_empty;
    MessageDetail *m_detail;
    QLabel *m_summary;
    QAction *m_retry;
    QAction *m_drop;
    QAction *m_refresh;
    qint64 m_count = -1; // by the newest state of the store
    quint64 m_question = 0;
};

} // namespace desk
