// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/records/ImageStrip.h"

#include "ui/records/RecordImages.h"
#include "ui/records/ThumbnailButton.h"
#include "ui/records/ThumbnailDelegate.h"
#include "ui/shell/DeskServices.h"
#include "ui/shell/Theme.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QVBoxLayout>

namespace desk {
namespace {

constexpr int Gap = 6;
constexpr int Step = ThumbnailButton::Side + Gap;

} // namespace

ImageStrip::ImageStrip(RecordImages &images, Extent extent, DeskServices &services, QWidget *parent)
    : QWidget(parent)
    , m_images(images)
    , m_extent(extent)
    , m_services(services)
    , m_addTile(new ThumbnailButton(services, this))
    , m_moreTile(new ThumbnailButton(services, this))
    , m_addRow(new QWidget(this))
    , m_url(new QLineEdit(m_addRow))
    , m_problem(new QLabel(m_addRow))
{
    m_addTile->setText(QStringLiteral("+"));
    m_addTile->setAccessibleName(tr("Add an image"));
    m_addTile->setToolTip(tr("Add an image by its URL"));
    connect(m_addTile, &QAbstractButton::clicked, this, &ImageStrip::beginAdding);
    m_moreTile->setAccessibleName(tr("All images"));
    connect(m_moreTile, &QAbstractButton::clicked, this, &ImageStrip::allRequested);

    m_url->setPlaceholderText(tr("https://… then Return; Esc to leave it"));
    m_url->setAccessibleName(tr("URL of the new image"));
    m_url->setObjectName(QStringLiteral("newImageUrl"));
    m_url->installEventFilter(this);
    m_problem->setProperty("role", QStringLiteral("problem"));
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_problem->hide();
    auto *addLayout = new QVBoxLayout(m_addRow);
    addLayout->setContentsMargins(0, 0, 0, 0);
    addLayout->setSpacing(3);
    addLayout->addWidget(m_url);
    addLayout->addWidget(m_problem);
    m_addRow->hide();

    connect(&images, &RecordImages::changed, this, &ImageStrip::fill);
    connect(&images, &RecordImages::refused, this, [this](const QString &sentence) {
        m_problem->setText(sentence);
        m_problem->show();
        m_addRow->show();
        arrange();
    });
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    fill();
}

int ImageStrip::perLine(int width) const
{
    return std::max(2, (width + Gap) / Step);
}

int ImageStrip::heightForWidth(int width) const
{
    const int tiles = static_cast<int>(m_tiles.size()) + 1;
    const int lines = m_extent == Extent::FirstLine ? 1 : (tiles + perLine(width) - 1) / perLine(width);
    return lines * Step - Gap + (m_addRow->isHidden() ? 0 : Gap + addRowHeight(width));
}

// A widget without a wrapped text in sight has no height for a width: it answers -1.
int ImageStrip::addRowHeight(int width) const
{
    return m_addRow->hasHeightForWidth() ? m_addRow->heightForWidth(width) : m_addRow->sizeHint().height();
}

QSize ImageStrip::sizeHint() const
{
    const int width = 4 * Step;
    return {width, heightForWidth(this->width() > Step ? this->width() : width)};
}

void ImageStrip::fill()
{
    const QStringList urls = m_images.urls();
    while (m_tiles.size() > urls.size())
        m_tiles.takeLast()->deleteLater();
    while (m_tiles.size() < urls.size()) {
        auto *tile = new ThumbnailButton(m_services, this);
        tile->installEventFilter(this);
        connect(tile, &QAbstractButton::clicked, this,
                [this, tile] { Q_EMIT openRequested(static_cast<int>(m_tiles.indexOf(tile))); });
        m_tiles.append(tile);
    }
    for (int index = 0; index < urls.size(); ++index) {
        m_tiles[index]->setUrl(urls[index]);
        m_tiles[index]->setAccessibleName(
            tr("Image %1: %2").arg(index + 1).arg(ThumbnailDelegate::shortUrl(urls[index])));
    }
    arrange();
}

void ImageStrip::arrange()
{
    const int columns = perLine(width());
    const int all = static_cast<int>(m_tiles.size());
    // The adding tile is always in sight; a counting tile takes the place before it.
    const bool isCut = m_extent == Extent::FirstLine && all + 1 > columns;
    const int shown = isCut ? std::max(0, columns - 2) : all;
    for (int index = 0; index < all; ++index) {
        m_tiles[index]->move((index % columns) * Step, (index / columns) * Step);
        m_tiles[index]->setVisible(index < shown);
    }
    int place = shown;
    m_moreTile->setVisible(isCut);
    if (isCut) {
        m_moreTile->setText(tr("%1 more").arg(all - shown));
        m_moreTile->move((place % columns) * Step, 0);
        ++place;
    }
    m_addTile->move((place % columns) * Step, (place / columns) * Step);
    if (!m_addRow->isHidden()) {
        const int height = addRowHeight(width());
        m_addRow->setGeometry(0, heightForWidth(width()) - height, width(), height);
    }
    updateGeometry();
}

void ImageStrip::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void ImageStrip::beginAdding()
{
    m_problem->hide();
    m_addRow->show();
    arrange();
    m_url->setFocus();
}

void ImageStrip::addTyped()
{
    const QString problem = m_images.add(m_url->text());
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    if (problem.isEmpty()) {
        m_url->clear();
        m_addRow->hide();
        m_addTile->setFocus();
    }
    arrange();
}

void ImageStrip::remove(int index)
{
    m_images.remove(index); // Undo brings it back
}

void ImageStrip::showMenu(int index, const QPoint &place)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    connect(menu->addAction(m_services.theme.icon(QStringLiteral("image")), tr("Open")), &QAction::triggered,
            this, [this, index] { Q_EMIT openRequested(index); });
    connect(menu->addAction(m_services.theme.icon(QStringLiteral("trash")), tr("Delete this image")),
            &QAction::triggered, this, [this, index] { remove(index); });
    menu->popup(place);
}

bool ImageStrip::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_url && event->type() == QEvent::KeyPress) {
        switch (static_cast<QKeyEvent *>(event)->key()) {
        case Qt::Key_Return:
        case Qt::Key_Enter:
            addTyped();
            return true;
        case Qt::Key_Escape:
            m_addRow->hide();
            m_addTile->setFocus();
            arrange();
            return true;
        default:
            return false;
        }
    }
    const int index = static_cast<int>(m_tiles.indexOf(qobject_cast<ThumbnailButton *>(watched)));
    if (index >= 0 && event->type() == QEvent::KeyPress
        && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Delete) {
        remove(index);
        return true;
    }
    if (index >= 0 && event->type() == QEvent::ContextMenu) {
        showMenu(index, static_cast<QContextMenuEvent *>(event)->globalPos());
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace desk
