// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/DeskServices.h"

#include <QWidget>

namespace desk {

// The picture of a record that is one: large, over its form's fields; a click opens it on its own. Says why
// there is none. GUI thread.
class PicturePanel : public QWidget
{
    Q_OBJECT

public:
    static constexpr int Height = 200;

    PicturePanel(DeskServices &services, QWidget *parent);

    void setUrl(const QString &url); // empty: shows nothing and takes no room

Q_SIGNALS:
    void openRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;

private:
    DeskServices &m_services;
    QString m_url;
};

} // namespace desk
