// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/records/RecordToolBar.h"

#include "models/schema/EntityType.h"
#include "ui/records/RecordActions.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalBlocker>

namespace desk {
namespace {

constexpr int SearchRoom = 60; // more than its least, so that the words in it can be read

QString toolTipOf(const QAction *action)
{
    const QString keys = action->shortcut().toString(QKeySequence::NativeText);
    const QString text = action->toolTip(); // the text without its mnemonic
    return keys.isEmpty() ? text : QStringLiteral("%1 (%2)").arg(text, keys);
}

// A button that does what the action does, under a shorter text.
QPushButton *buttonFor(QAction *action, const QString &text, QWidget *parent)
{
    auto *button = new QPushButton(text, parent);
    const auto follow = [action, button] {
        button->setEnabled(action->isEnabled());
        button->setToolTip(toolTipOf(action));
        button->setAccessibleName(action->toolTip());
    };
    QObject::connect(action, &QAction::changed, button, follow);
    QObject::connect(button, &QPushButton::clicked, action, &QAction::trigger);
    follow();
    return button;
}

QString searchPlaceholder(const EntityType &entity)
{
    QStringList labels;
    for (const Column &column : entity.columns) {
        if (column.searchable)
            labels.append(column.label.toLower());
    }
    return labels.isEmpty() ? RecordToolBar::tr("Search by id")
                            : RecordToolBar::tr("Search %1").arg(labels.join(RecordToolBar::tr(" and ")));
}

} // namespace

RecordToolBar::RecordToolBar(const EntityType &entity, RecordActions &actions, QWidget *parent)
    : QWidget(parent)
    , m_search(new QLineEdit(this))
    , m_matches(new QLabel(this))
    , m_more(new QPushButton(tr("More"), this))
{
    auto *title = new QLabel(entity.plural, this);
    title->setTextFormat(Qt::PlainText);
    title->setProperty("role", QStringLiteral("title"));

    QPushButton *create = buttonFor(actions.create, tr("New"), this);
    create->setObjectName(QStringLiteral("newRecord"));
    create->setProperty("primary", true);
    QPushButton *edit = buttonFor(actions.editSelected, tr("Edit selected…"), this);
    edit->setObjectName(QStringLiteral("editSelected"));
    connect(actions.editSelected, &QAction::changed, edit,
            [action = actions.editSelected, edit] { edit->setText(action->toolTip()); });
    QPushButton *remove = buttonFor(actions.remove, tr("Delete"), this);
    remove->setObjectName(QStringLiteral("deleteRecords"));

    m_search->setPlaceholderText(searchPlaceholder(entity));
    m_search->setAccessibleName(actions.search->toolTip());
    m_search->setObjectName(QStringLiteral("search"));
    m_search->setClearButtonEnabled(true);
    m_search->setMaximumWidth(300);
    m_search->setMinimumWidth(120);
    m_search->installEventFilter(this);
    // The shortcut stands in the field, as on the page's other controls it stands in the tool tip.
    auto *hint = new QLabel(actions.search->shortcut().toString(QKeySequence::NativeText), m_search);
    hint->setProperty("role", QStringLiteral("muted"));
    hint->setAttribute(Qt::WA_TransparentForMouseEvents);
    auto *hintLayout = new QHBoxLayout(m_search);
    hintLayout->setContentsMargins(0, 0, 9, 0);
    hintLayout->addWidget(hint, 0, Qt::AlignRight | Qt::AlignVCenter);
    connect(m_search, &QLineEdit::textChanged, hint,
            [hint](const QString &text) { hint->setVisible(text.isEmpty()); });

    auto *publish = new QPushButton(tr("Publish"), this);
    auto *menu = new QMenu(publish);
    menu->addAction(actions.publishList);
    menu->addAction(actions.publishSelected);
    publish->setMenu(menu);
    publish->setObjectName(QStringLiteral("publish"));

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 8, 12, 8);
    layout->setSpacing(8);
    layout->addWidget(title);
    layout->addSpacing(4);
    layout->addWidget(create);
    layout->addWidget(edit);
    layout->addWidget(remove);
    layout->addWidget(m_search, 1);
    layout->addWidget(m_matches);
    layout->addStretch();
    m_seldom = {publish, buttonFor(actions.importFile, tr("Import…"), this),
                buttonFor(actions.exportFile, tr("Export…"), this)};
    for (QPushButton *button : std::as_const(m_seldom))
        layout->addWidget(button);
    layout->addWidget(m_more);

    m_matches->setProperty("role", QStringLiteral("muted"));
    m_matches->setTextFormat(Qt::PlainText);
    m_matches->setObjectName(QStringLiteral("matches"));
    m_matches->hide();
    auto *all = new QMenu(m_more);
    all->addActions({actions.publishList, actions.publishSelected});
    all->addSeparator();
    all->addActions({actions.importFile, actions.exportFile});
    m_more->setMenu(all);
    m_more->setObjectName(QStringLiteral("more"));
    m_more->setToolTip(tr("Publish, import, export"));
    m_more->hide();

    m_searchTimer.setSingleShot(true);
    m_searchTimer.setInterval(SearchMilliseconds);
    connect(m_search, &QLineEdit::textChanged, &m_searchTimer, qOverload<>(&QTimer::start));
    connect(&m_searchTimer, &QTimer::timeout, this,
            [this] { Q_EMIT searchChanged(m_search->text().trimmed()); });
    connect(actions.search, &QAction::triggered, m_search, [this] {
        m_search->setFocus(Qt::ShortcutFocusReason);
        m_search->selectAll();
    });
}

void RecordToolBar::clearSearch()
{
    m_search->clear();
    m_searchTimer.stop();
}

void RecordToolBar::setMatches(const QString &text)
{
    m_matches->setText(text);
    m_matches->setVisible(!text.isEmpty());
    fold();
}

// By what the buttons would need, whatever their language.
void RecordToolBar::fold()
{
    int needed = layout()->contentsMargins().left() + layout()->contentsMargins().right();
    for (int place = 0; place < layout()->count(); ++place) {
        const QWidget *widget = layout()->itemAt(place)->widget();
        if (!widget || widget == m_more || (widget == m_matches && m_matches->isHidden()))
            continue;
        needed += (widget == m_search ? m_search->minimumWidth() + SearchRoom : widget->sizeHint().width())
            + layout()->spacing();
    }
    const bool isFolded = needed > width();
    for (QPushButton *button : std::as_const(m_seldom))
        button->setVisible(!isFolded);
    m_more->setVisible(isFolded);
}

void RecordToolBar::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fold();
}

bool RecordToolBar::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_search && event->type() == QEvent::KeyPress) {
        switch (static_cast<QKeyEvent *>(event)->key()) {
        case Qt::Key_Escape:
            m_search->clear();
            return true;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            m_searchTimer.stop();
            Q_EMIT searchChanged(m_search->text().trimmed());
            return true;
        default:
            break;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace desk
