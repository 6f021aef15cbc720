// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/MessageLog.h"

#include <QWidget>

class QTableWidget;

namespace desk {

// The headers of a message as rows of name and value, to be added, changed and taken away. A value shown masked,
// or that is no text, keeps its bytes until something else is typed. GUI thread.
class HeaderTable : public QWidget
{
    Q_OBJECT

public:
    explicit HeaderTable(QWidget *parent);

    // `shown` has each header's text as it may be seen, in the same order.
    void setHeaders(const QList<MessageHeader> &headers, const QList<std::pair<QString, QString>> &shown);
    void addHeader(const QString &name, const QString &value);
    [[nodiscard]] QList<MessageHeader> headers() const; // rows without a name are left out

private:
    QTableWidget *m_table;
};

} // namespace desk
