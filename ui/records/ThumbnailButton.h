// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>

namespace desk {

struct DeskServices;

// One picture as a button: its thumbnail with rounded corners; a crossed frame with the reason as tool tip
// where it cannot be had. Without a URL it is the dashed tile that adds one. GUI thread.
class ThumbnailButton : public QAbstractButton
{
    Q_OBJECT

public:
    static constexpr int Side = 62; // pixels

    ThumbnailButton(DeskServices &services, QWidget *parent);

    void setUrl(const QString &url);
    [[nodiscard]] const QString &url() const { return m_url; }
    [[nodiscard]] QSize sizeHint() const override { return {Side, Side}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] QSize devicePixels() const { return size() * devicePixelRatioF(); }

    DeskServices &m_services;
    QString m_url;
};

} // namespace desk
