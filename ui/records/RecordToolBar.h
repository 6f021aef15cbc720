// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>

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

Q_SIGNALS:
    void searchChanged(const QString &text);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QLineEdit *m_search;
    QTimer m_searchTimer;
};

} // namespace desk
