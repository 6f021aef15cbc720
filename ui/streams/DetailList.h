// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/streams/FindTarget.h"

#include <QTreeWidget>

namespace desk {

class Theme;

// Names and texts beside each other, a line each: a message's headers. GUI thread.
class DetailList : public QTreeWidget, public FindTarget
{
    Q_OBJECT

public:
    DetailList(Theme &theme, const QString &name, QWidget *parent);

    void setRows(const QList<std::pair<QString, QString>> &rows);
    [[nodiscard]] QString text() const; // a line each

    [[nodiscard]] Job search() const override;
    void showMatches(const std::shared_ptr<const PayloadMatches> &matches, qsizetype current) override;

protected:
    void keyPressEvent(QKeyEvent *event) override; // Ctrl+C: the value of the row

private:
    void fill();

    Theme &m_theme;
    QList<std::pair<QString, QString>> m_rows;
};

} // namespace desk
