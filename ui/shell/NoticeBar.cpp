// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/NoticeBar.h"

#include "ui/shell/Theme.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace desk {

namespace {

constexpr int ToastWidth = 380;
constexpr int ToastMargin = 16;

struct Look {
    QString icon;
    QString word; // what a screen reader says before the sentence
    StateColours colours;
};

Look lookOf(Notice::Kind kind, const Colours &colours)
{
    switch (kind) {
    case Notice::Kind::Success:
        return {QStringLiteral("check"), NoticeBar::tr("Done"), colours.published};
    case Notice::Kind::Warning:
        return {QStringLiteral("warning"), NoticeBar::tr("Warning"), colours.waiting};
    case Notice::Kind::Error:
        return {QStringLiteral("error"), NoticeBar::tr("Error"), colours.refused};
    case Notice::Kind::Information:
        break;
    }
    return {QStringLiteral("info"), NoticeBar::tr("Note"), colours.saved};
}

// A line of its own colour, which it asks the theme for each time it is drawn.
class NoticeLine : public QWidget
{
public:
    NoticeLine(Theme &theme, Notice::Kind kind, QWidget *parent)
        : QWidget(parent)
        , m_theme(theme)
        , m_kind(kind)
    { }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Look look = lookOf(m_kind, m_theme.colours());
        QPainter painter(this);
        if (!qobject_cast<NoticeBar *>(parentWidget())) { // a toast: a card over the page
            painter.setRenderHint(QPainter::Antialiasing);
            painter.setPen(look.colours.text);
            painter.setBrush(look.colours.chip);
            painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
            return;
        }
        painter.fillRect(rect(), look.colours.chip);
        painter.fillRect(QRect(0, height() - 1, width(), 1), m_theme.colours().line);
    }

private:
    Theme &m_theme;
    Notice::Kind m_kind;
};

} // namespace

NoticeBar::NoticeBar(Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(0);
    setAccessibleName(tr("Messages"));
    setVisible(false);
}

void NoticeBar::setToastArea(QWidget *area)
{
    m_toastArea = area;
    m_toasts = new QWidget(area);
    auto *layout = new QVBoxLayout(m_toasts);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    m_toasts->hide();
    area->installEventFilter(this);
}

bool NoticeBar::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_toastArea && event->type() == QEvent::Resize)
        placeToasts();
    return QWidget::eventFilter(watched, event);
}

void NoticeBar::placeToasts()
{
    if (!m_toasts)
        return;
    const bool hasAny = !m_toasts->layout()->isEmpty();
    m_toasts->setVisible(hasAny);
    if (!hasAny)
        return;
    const int width = std::min(ToastWidth, m_toastArea->width() - 2 * ToastMargin);
    m_toasts->setFixedWidth(width);
    m_toasts->setFixedHeight(m_toasts->layout()->hasHeightForWidth()
                                 ? m_toasts->layout()->totalHeightForWidth(width)
                                 : m_toasts->layout()->totalSizeHint().height());
    m_toasts->move(m_toastArea->width() - width - ToastMargin,
                   m_toastArea->height() - m_toasts->height() - ToastMargin);
    m_toasts->raise();
}

void NoticeBar::show(const Notice &notice)
{
    // The same trouble said twice is one line; a topic is one line whatever it says.
    const auto same = std::find_if(m_lines.cbegin(), m_lines.cend(), [&](const Line &line) {
        return notice.topic.isEmpty() ? line.sentence == notice.sentence : line.topic == notice.topic;
    });
    if (same != m_lines.cend()) {
        if (same->sentence == notice.sentence && same->kind == notice.kind)
            return; // it stands there already; saying it again would only flicker
        remove(same->widget);
    }
    while (m_lines.size() >= MaximumShown)
        remove(m_lines.constLast().widget);

    QWidget *line = makeLine(notice);
    const bool isToast = notice.kind == Notice::Kind::Success && m_toasts;
    (isToast ? static_cast<QVBoxLayout *>(m_toasts->layout()) : m_layout)->insertWidget(0, line);
    m_lines.prepend({notice.topic, notice.sentence, notice.kind, line});
    setVisible(!m_layout->isEmpty());
    placeToasts();
    if (notice.kind == Notice::Kind::Success)
        QTimer::singleShot(SuccessMilliseconds, line, [this, line] { remove(line); });
    QAccessibleEvent announced(line, QAccessible::Alert);
    QAccessible::updateAccessibility(&announced);
}

QWidget *NoticeBar::makeLine(const Notice &notice)
{
    const Look look = lookOf(notice.kind, m_theme.colours());
    auto *line = new NoticeLine(m_theme, notice.kind, this);
    line->setAccessibleName(tr("%1: %2").arg(look.word, notice.sentence));
    auto *layout = new QHBoxLayout(line);
    layout->setContentsMargins(12, 5, 8, 6);
    layout->setSpacing(8);

    auto *icon = new QLabel(line);
    icon->setPixmap(m_theme.icon(look.icon).pixmap(QSize(16, 16), devicePixelRatioF()));
    connect(&m_theme, &Theme::changed, icon, [this, icon, name = look.icon] {
        icon->setPixmap(m_theme.icon(name).pixmap(QSize(16, 16), devicePixelRatioF()));
    });
    auto *sentence = new QLabel(notice.sentence, line);
    sentence->setTextFormat(Qt::PlainText);
    sentence->setWordWrap(true);
    sentence->setTextInteractionFlags(Qt::TextSelectableByMouse);
    layout->addWidget(icon);
    layout->addWidget(sentence, 1);

    if (!notice.actionText.isEmpty()) {
        auto *action = new QPushButton(notice.actionText, line);
        connect(action, &QPushButton::clicked, line, [this, line, run = notice.action] {
            remove(line);
            if (run)
                run();
        });
        layout->addWidget(action);
    }
    auto *dismiss = new QToolButton(line);
    dismiss->setProperty("flat", true);
    dismiss->setIcon(m_theme.icon(QStringLiteral("close")));
    dismiss->setToolTip(tr("Dismiss"));
    dismiss->setAccessibleName(tr("Dismiss this message"));
    connect(dismiss, &QToolButton::clicked, line, [this, line] { remove(line); });
    layout->addWidget(dismiss);
    return line;
}

void NoticeBar::remove(QWidget *widget)
{
    m_lines.removeIf([widget](const Line &line) { return line.widget == widget; });
    m_layout->removeWidget(widget);
    if (m_toasts)
        m_toasts->layout()->removeWidget(widget);
    widget->hide();
    widget->deleteLater(); // its own button may be calling
    setVisible(!m_layout->isEmpty());
    placeToasts();
}

void NoticeBar::withdraw(const QString &topic)
{
    const QList<Line> lines = m_lines;
    for (const Line &line : lines) {
        if (line.topic == topic)
            remove(line.widget);
    }
}

QStringList NoticeBar::sentences() const
{
    QStringList sentences;
    for (const Line &line : m_lines)
        sentences.append(line.sentence);
    return sentences;
}

} // namespace desk
