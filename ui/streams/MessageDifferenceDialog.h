// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/decoding/MessageDifference.h"

#include <QDialog>

class QCheckBox;
class QLabel;
class QTableView;

namespace desk {

class DifferenceModel;
class Theme;

// Two messages beside each other: what differs, or all of it. They are compared on a thread of the pool. Goes
// when it is closed. GUI thread.
class MessageDifferenceDialog : public QDialog
{
    Q_OBJECT

public:
    MessageDifferenceDialog(const ComparedMessage &left, const ComparedMessage &right, Theme &theme,
                            QWidget *parent);

    [[nodiscard]] DifferenceModel &model() const { return *m_model; }
    [[nodiscard]] QString summary() const;

Q_SIGNALS:
    void compared();

private:
    void build(const QString &left, const QString &right);
    void compare(const ComparedMessage &left, const ComparedMessage &right);
    void take(const MessageDifference &difference);
    void copy() const;

    Theme &m_theme;
    DifferenceModel *m_model;
    QTableView *m_table;
    QLabel *m_summary;
    QCheckBox *m_onlyDifferences;
};

} // namespace desk
