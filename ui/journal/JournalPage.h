// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/StoreClient.h"
#include "ui/shell/Page.h"

#include <QTimer>

class QLabel;
class QLineEdit;
class QPushButton;

namespace desk {

class EmptyState;
class JournalFilter;
class JournalTableModel;
class LineTable;
class RefusedBar;
class Theme;

// Who changed what, when, and how far its event got: the newest entries of the journal, live, and those
// that are not published yet, with what can be done about refused ones. GUI thread.
class JournalPage : public Page
{
    Q_OBJECT

public:
    // `author` goes on record with what is decided about refused events.
    JournalPage(StoreClient &store, const QString &author, Theme &theme, QWidget *parent = nullptr);

    [[nodiscard]] QString title() const override { return tr("Journal"); }
    [[nodiscard]] QString iconName() const override { return QStringLiteral("journal"); }
    [[nodiscard]] QList<QAction *> menuActions(PageMenu menu) const override;
    void activated() override;

    // Only what waits or is refused.
    void showUnpublished();

private:
    void makeActions(Theme &theme);
    void layOut();
    void refresh();
    void followStore();
    void openRecord();
    void updateCounts();
    void askForSize();

    StoreClient &m_store;
    JournalTableModel *m_model;
    JournalFilter *m_shown;
    LineTable *m_table;
    EmptyState *m_empty;
    RefusedBar *m_refused;
    QLineEdit *m_search;
    QPushButton *m_unpublishedOnly;
    QLabel *m_summary;
    QAction *m_find;
    QAction *m_refresh;
    QAction *m_open;
    QAction *m_unpublished;
    quint64 m_question = 0;
    JournalStatus m_size; // as of a moment ago
    QTimer m_sizeTimer;
};

} // namespace desk
