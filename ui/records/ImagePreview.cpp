// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/records/ImagePreview.h"

#include "ui/records/ImageLoader.h"
#include "ui/records/PictureView.h"
#include "ui/shell/Theme.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

namespace desk {
namespace {

// Large photographs are decoded to what a large screen shows, not to their full size.
constexpr QSize Largest(4096, 4096);
constexpr double ZoomStep = 1.25;

} // namespace

ImagePreview::ImagePreview(const QStringList &urls, int index, ImageLoader &images, Theme &theme,
                           QWidget *parent)
    : QDialog(parent)
    , m_urls(urls)
    , m_index(index)
    , m_images(images)
    , m_view(new PictureView(this))
    , m_caption(new QLabel(this))
    , m_retry(new QToolButton(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Image"));
    resize(760, 600);

    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(12, 8, 12, 8);
    bar->setSpacing(6);
    const auto addTool = [&](const QString &icon, const QString &text, const QList<QKeySequence> &keys,
                             auto &&does) {
        auto *action = new QAction(theme.icon(icon), text, this);
        action->setShortcuts(keys);
        action->setToolTip(
            QStringLiteral("%1 (%2)").arg(text, keys.constFirst().toString(QKeySequence::NativeText)));
        connect(action, &QAction::triggered, this, does);
        auto *button = new QToolButton(this);
        button->setDefaultAction(action);
        button->setProperty("flat", true);
        button->setAccessibleName(text);
        bar->addWidget(button);
    };
    addTool(QStringLiteral("chevron-left"), tr("Previous"), {Qt::Key_Left, Qt::Key_PageUp},
            [this] { turn(-1); });
    addTool(QStringLiteral("chevron-right"), tr("Next"), {Qt::Key_Right, Qt::Key_PageDown},
            [this] { turn(1); });
    m_caption->setTextFormat(Qt::PlainText);
    m_caption->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_caption->setProperty("role", QStringLiteral("muted"));
    m_caption->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    bar->addWidget(m_caption, 1);
    m_retry->setText(tr("Try again"));
    connect(m_retry, &QToolButton::clicked, this, [this] { m_images.retry(m_urls.value(m_index)); });
    bar->addWidget(m_retry);
    addTool(QStringLiteral("minus"), tr("Smaller"),
            {QKeySequence(Qt::CTRL | Qt::Key_Minus), QKeySequence(Qt::Key_Minus)},
            [this] { m_view->zoomBy(1 / ZoomStep); });
    addTool(QStringLiteral("plus"), tr("Larger"),
            {QKeySequence(Qt::CTRL | Qt::Key_Plus), QKeySequence(Qt::Key_Plus)},
            [this] { m_view->zoomBy(ZoomStep); });
    addTool(QStringLiteral("search"), tr("Fit to the window"),
            {QKeySequence(Qt::CTRL | Qt::Key_0), QKeySequence(Qt::Key_0)}, [this] { m_view->fit(); });

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(bar);
    layout->addWidget(m_view, 1);

    connect(&images, &ImageLoader::pictureChanged, this, [this](const QString &url) {
        if (url == m_urls.value(m_index))
            showPicture();
    });
    showPicture();
}

void ImagePreview::turn(int by)
{
    m_index = static_cast<int>((m_index + by + m_urls.size()) % m_urls.size());
    showPicture();
}

void ImagePreview::showPicture()
{
    const QString url = m_urls.value(m_index);
    const ImageLoader::Picture picture = m_images.picture(url, Largest);
    QString size;
    switch (picture.status) {
    case ImageLoader::Status::Loading:
        m_view->setSentence(tr("Loading…"));
        break;
    case ImageLoader::Status::Ready:
        m_view->setImage(picture.image);
        size = QStringLiteral(" · %1 × %2").arg(picture.image.width()).arg(picture.image.height());
        break;
    case ImageLoader::Status::Failed:
        m_view->setSentence(picture.problem);
        break;
    }
    m_retry->setVisible(picture.status == ImageLoader::Status::Failed);
    m_caption->setText(tr("%1 of %2%3 · %4").arg(m_index + 1).arg(m_urls.size()).arg(size, url));
    m_caption->setToolTip(url);
}

} // namespace desk
