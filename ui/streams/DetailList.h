// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/streams/FindTarget.h"

#include <QTreeWidget>

namespace desk {

class Theme;

// Names and texts beside each other: a message's headers, or why it could not be decoded. GUI thread.
class DetailList : public QTreeWidget, public FindTarget
{
    Q_OBJECT

public:
    // Wrapped: a text takes the lines it needs.
    enum class Texts { OneLine, Wrapped };

    DetailList(Theme &theme, const QString &name, Texts texts, QWidget *parent);

    void setRows(const QList<std::pair<QString, QString>> &rows);
    [[nodiscard]] QString text() const; // a line each

    [[nodiscard]] Job search() const override;
    void showMatches(const std::shared_ptr<const PayloadMatches> &matches, qsizetype current) override;

private:
    void fill();

    Theme &m_theme;
    Texts m_texts;
    QList<std::pair<QString, QString>> m_rows;
};

} // namespace desk
