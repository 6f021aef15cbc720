// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QAction;
class QLabel;
class QTabWidget;

namespace desk {

// The pane beside a list of the cluster's topics or groups: the chosen one's name, a sentence about it, what can be
// done with it as buttons, and tabs that the derived pane fills. Shows what it is given; the page asks the cluster.
// GUI thread.
class ClusterDetailPane : public QWidget
{
    Q_OBJECT

public:
    ClusterDetailPane(const QList<QAction *> &actions, QWidget *parent = nullptr);

    [[nodiscard]] const QString &name() const { return m_name; } // empty: none or several
    // Several are chosen: only what can be done with all of them.
    void showSeveral(const QString &title);

protected:
    // False if it is shown already. Otherwise its details are still to come: the derived pane empties what it shows.
    bool begin(const QString &name);
    void setSummary(const QString &text);
    [[nodiscard]] QTabWidget *tabs() const { return m_tabs; }

private:
    QString m_name;
    QLabel *m_title;
    QLabel *m_summary;
    QTabWidget *m_tabs;
};

} // namespace desk
