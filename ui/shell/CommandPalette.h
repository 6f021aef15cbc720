// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/CommandModel.h"

#include <QFrame>

class QLineEdit;
class QListView;

namespace desk {

class Theme;

// Ctrl+K: a list of everything that can be done here and now, with its shortcut, searched by typing. Opens
// over its window, goes with Escape, a click elsewhere, or a choice. The window hands it the commands each
// time it opens. GUI thread.
class CommandPalette : public QFrame
{
    Q_OBJECT

public:
    explicit CommandPalette(Theme &theme, QWidget *window);

    void open(const QList<Command> &commands);
    [[nodiscard]] const CommandModel &model() const { return *m_model; }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void run(const QModelIndex &index);
    void selectFirst();
    void fitHeight();

    Theme &m_theme;
    CommandModel *m_model;
    QLineEdit *m_search;
    QListView *m_list;
};

} // namespace desk
