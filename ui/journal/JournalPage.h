// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/StoreClient.h"
#include "ui/shell/Page.h"

#include <QTimer>

class QLabel;
class QLineEdit;
class QPushButton;
class QStackedWidget;

namespace desk {

class DisclosureList;
class EmptyState;
class JournalFilter;
class JournalTableModel;
class LineTable;
class RefusedBar;
class Theme;

// Who changed what, when, and how far its event got: the newest entries of the journal, live, and those
// that are not published yet, with what can be done about refused ones. Beside them, who had sensitive values shown.
// GUI thread.
class JournalPage : public Page
{
    Q_OBJECT

public:
    // `author` goes on record with what is decided about refused events.
    JournalPage(StoreClient &store, const QString &author, Theme &theme, QWidget *parent = nullptr);

    [[nodiscard]] QString title() const override { return tr("Journal"); }
    [[nodiscard]] QString iconName() const override { return QStringLiteral("journal"); }
    [[nodiscard]] QList<QAction *> menuActions(PageMenu menu) const override;
    [[nodiscard]] QList<QWidget *> focusParts() override;
    void activated() override;

    // Only what waits or is refused.
    void showUnpublished();
    // The list of sensitive values that were shown, or the changes again.
    void showDisclosures(bool areShown);

private:
    void makeActions(Theme &theme);
    void layOut();
    void refresh();
    void followStore();
    void openRecord();
    [[nodiscard]] bool areDisclosuresShown() const;
    void updateCounts();
    void updateSummary();
    void askForSize();

    StoreClient &m_store;
    JournalTableModel *m_model;
    JournalFilter *m_shown;
    LineTable *m_table;
    EmptyState *m_empty;
    RefusedBar *m_refused;
    DisclosureList *m_disclosures;
    QStackedWidget *m_lists; // of changes, of disclosures
    QLineEdit *m_search;
    QPushButton *m_unpublishedOnly;
    QPushButton *m_disclosuresButton;
    QLabel *m_summary;
    QAction *m_find;
    QAction *m_refresh;
    QAction *m_open;
    QAction *m_unpublished;
    QAction *m_showDisclosures;
    quint64 m_question = 0;
    JournalStatus m_size; // as of a moment ago
    QTimer m_sizeTimer;
};

} // namespace desk
