// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/CommandPalette.h"

#include "ui/shell/Theme.h"

#include <QCoreApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QTimer>
#include <QVBoxLayout>

namespace desk {

namespace {

constexpr int RowHeight = 32;
constexpr int Frame = 18; // around the list: line, gaps and borders

class CommandDelegate : public QStyledItemDelegate
{
public:
    CommandDelegate(Theme &theme, QObject *parent) : QStyledItemDelegate(parent), m_theme(theme) { }

    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        return QSize(0, RowHeight);
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Colours &colours = m_theme.colours();
        const bool enabled = index.flags() & Qt::ItemIsEnabled;
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        if (option.state & QStyle::State_Selected) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(colours.selection);
            painter->drawRoundedRect(option.rect.adjusted(6, 1, -6, -1), 6, 6);
        }
        const QRect line = option.rect.adjusted(16, 0, -16, 0);
        index.data(Qt::DecorationRole)
            .value<QIcon>()
            .paint(painter, QRect(line.left(), line.center().y() - 8, 16, 16), Qt::AlignCenter,
                   enabled ? QIcon::Normal : QIcon::Disabled);

        painter->setFont(m_theme.smallFont());
        painter->setPen(enabled ? colours.muted : colours.disabled);
        const QString shortcut = index.data(CommandModel::ShortcutRole).toString();
        painter->drawText(line, Qt::AlignRight | Qt::AlignVCenter, shortcut);

        painter->setFont(m_theme.font());
        painter->setPen(enabled ? colours.text : colours.disabled);
        const QString title = index.data().toString();
        const QRect text = line.adjusted(28, 0, -110, 0);
        QRect drawn;
        painter->drawText(text, Qt::AlignLeft | Qt::AlignVCenter,
                          painter->fontMetrics().elidedText(title, Qt::ElideRight, text.width()), &drawn);
        painter->setFont(m_theme.smallFont());
        painter->setPen(enabled ? colours.muted : colours.disabled);
        const QRect context = text.adjusted(drawn.width() + 10, 0, 0, 0);
        painter->drawText(context, Qt::AlignLeft | Qt::AlignVCenter,
                          painter->fontMetrics().elidedText(index.data(CommandModel::ContextRole).toString(),
                                                            Qt::ElideRight, context.width()));
        painter->restore();
    }

private:
    Theme &m_theme;
};

} // namespace

CommandPalette::CommandPalette(Theme &theme, QWidget *window)
    : QFrame(window, Qt::Popup | Qt::FramelessWindowHint)
    , m_theme(theme)
    , m_model(new CommandModel(this))
    , m_search(new QLineEdit(this))
    , m_list(new QListView(this))
{
    setAccessibleName(tr("Command palette"));
    m_search->setPlaceholderText(tr("What do you want to do?"));
    m_search->setAccessibleName(tr("Search commands"));
    m_search->setFrame(false);
    m_search->setProperty("bare", true);
    m_search->installEventFilter(this);
    m_list->setModel(m_model);
    m_list->setItemDelegate(new CommandDelegate(theme, m_list));
    m_list->setAccessibleName(tr("Commands"));
    m_list->setUniformItemSizes(true);
    m_list->setFocusPolicy(Qt::NoFocus); // the keys stay with the search; it passes them on
    m_list->setMouseTracking(true);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 1, 1, 7);
    layout->setSpacing(0);
    auto *line = new QFrame(this);
    line->setProperty("role", QStringLiteral("hairline"));
    line->setFixedHeight(1);
    layout->addWidget(m_search);
    layout->addWidget(line);
    layout->addSpacing(6);
    layout->addWidget(m_list);

    connect(m_search, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_model->setText(text);
        selectFirst();
        fitHeight();
    });
    connect(m_list, &QListView::clicked, this, &CommandPalette::run);
}

void CommandPalette::open(const QList<Command> &commands)
{
    m_model->setCommands(commands);
    m_search->clear();
    m_model->setText({});
    selectFirst();
    const QWidget *window = parentWidget();
    resize(qMin(600, window->width() - 40), height());
    move(window->mapToGlobal(QPoint((window->width() - width()) / 2, 56)));
    fitHeight();
    show();
    m_search->setFocus(Qt::PopupFocusReason);
}

// As high as its results, up to a limit: an empty half of a list says nothing.
void CommandPalette::fitHeight()
{
    const int most = qMin(440, parentWidget()->height() - 80);
    const int rows = qMax(1, m_model->rowCount()) * RowHeight;
    setFixedHeight(qMin(most, m_search->sizeHint().height() + rows + Frame));
}

void CommandPalette::selectFirst()
{
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const QModelIndex index = m_model->index(row);
        if (m_model->flags(index) & Qt::ItemIsEnabled) {
            m_list->setCurrentIndex(index);
            return;
        }
    }
    m_list->setCurrentIndex({});
}

void CommandPalette::run(const QModelIndex &index)
{
    QAction *action = m_model->action(index);
    if (!action || !action->isEnabled())
        return;
    close();
    // After the popup is gone, so that what the action opens gets the focus.
    QTimer::singleShot(0, action, [action] { action->trigger(); });
}

bool CommandPalette::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_search || event->type() != QEvent::KeyPress)
        return QFrame::eventFilter(watched, event);
    switch (static_cast<QKeyEvent *>(event)->key()) {
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
        QCoreApplication::sendEvent(m_list, event);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        run(m_list->currentIndex());
        return true;
    case Qt::Key_Escape:
        close();
        return true;
    default:
        return false;
    }
}

void CommandPalette::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setPen(m_theme.colours().border);
    painter.setBrush(m_theme.colours().surface);
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

} // namespace desk
