// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;

namespace desk {

class RecordActions;
struct EntityType;

// The line above a record table: its title, the actions used most, and the search field. GUI thread.
class RecordToolBar : public QWidget
{
    Q_OBJECT

public:
    static constexpr int SearchMilliseconds = 200;

    RecordToolBar(const EntityType &entity, RecordActions &actions, QWidget *parent);

    [[nodiscard]] QLineEdit *searchField() const { return m_search; }
    void clearSearch(); // silently
    // Beside the search: "6 of 169"; empty: nothing is searched for.
    void setMatches(const QString &text);

Q_SIGNALS:
    void searchChanged(const QString &text);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void fold();

    QLineEdit *m_search;
    QLabel *m_matches;
    QList<QPushButton *> m_seldom; // go into the menu of `m_more` where there is little room
    QPushButton *m_more;
    QTimer m_searchTimer;
};

} // namespace desk
