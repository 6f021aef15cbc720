// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/ThemeIcon.h"

#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QPixmap>
#include <QPixmapCache>
#include <QSvgRenderer>

namespace desk {

namespace {

class ThemeIconEngine : public QIconEngine
{
public:
    ThemeIconEngine(const QString &name, std::shared_ptr<const Colours> colours, Theme::IconColour colour)
        : m_name(name)
        , m_colours(std::move(colours))
        , m_colour(colour)
    { }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        const double ratio = painter->device() ? painter->device()->devicePixelRatioF() : 1.0;
        QPixmap pixmap = drawn(rect.size() * ratio, mode);
        pixmap.setDevicePixelRatio(ratio);
        painter->drawPixmap(rect.topLeft(), pixmap);
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State) override { return drawn(size, mode); }

    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State, qreal scale) override
    {
        Q_UNUSED(scale) // the size already counts device pixels
        return drawn(size, mode);
    }

    QString iconName() override { return m_name; }
    QString key() const override { return QStringLiteral("desk-theme"); }
    QIconEngine *clone() const override { return new ThemeIconEngine(m_name, m_colours, m_colour); }

private:
    [[nodiscard]] QColor colour(QIcon::Mode mode) const
    {
        if (mode == QIcon::Disabled)
            return m_colours->disabled;
        switch (m_colour) {
        case Theme::IconColour::Muted:
            return mode == QIcon::Selected ? m_colours->text : m_colours->muted;
        case Theme::IconColour::Accent:
            return m_colours->accent;
        case Theme::IconColour::OnAccent:
            return m_colours->onAccent;
        case Theme::IconColour::Text:
            break;
        }
        return m_colours->text;
    }

    [[nodiscard]] QPixmap drawn(const QSize &size, QIcon::Mode mode) const
    {
        const QColor ink = colour(mode);
        const QString key = QStringLiteral("desk-icon/%1/%2/%3x%4")
                                .arg(m_name, ink.name())
                                .arg(size.width())
                                .arg(size.height());
        QPixmap pixmap;
        if (QPixmapCache::find(key, &pixmap))
            return pixmap;
        pixmap = QPixmap(size);
        pixmap.fill(Qt::transparent);
        QSvgRenderer renderer(tintedIcon(m_name, ink));
        renderer.setAspectRatioMode(Qt::KeepAspectRatio);
        QPainter painter(&pixmap);
        renderer.render(&painter);
        painter.end();
        QPixmapCache::insert(key, pixmap);
        return pixmap;
    }

    QString m_name;
    std::shared_ptr<const Colours> m_colours;
    Theme::IconColour m_colour;
};

QString iconPath(const QString &name)
{
    return QStringLiteral(":/icons/%1.svg").arg(name);
}

} // namespace

QByteArray tintedIcon(const QString &name, const QColor &colour)
{
    QFile file(iconPath(name));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return file.readAll().replace("#000000", colour.name().toLatin1());
}

QIcon themeIcon(const QString &name, const std::shared_ptr<const Colours> &colours, Theme::IconColour colour)
{
    if (!QFile::exists(iconPath(name)))
        return {};
    return QIcon(new ThemeIconEngine(name, colours, colour)); // the icon owns its engine
}

} // namespace desk
