// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/streams/MessageDetail.h"

#include "kafka/PayloadText.h"
#include "models/store/WhenFinished.h"
#include "ui/shell/Theme.h"
#include "ui/streams/DecodedTree.h"
#include "ui/streams/DecodingMenu.h"
#include "ui/streams/DetailList.h"
#include "ui/streams/FindBar.h"
#include "ui/streams/MessageFinder.h"
#include "ui/streams/MessageHead.h"
#include "ui/streams/PayloadView.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QTabBar>
#include <QTabWidget>
#include <QVBoxLayout>
#include <QtConcurrentRun>

namespace desk {
namespace {

const char *const TabKey = "messageTab";
constexpr qsizetype AtOnce = 256 * 1024; // bytes of a value that is made ready without another thread

// Where nothing failed, what was tried before is of no interest: JSON has no schema's id in front.
bool hasFailed(const DecodedPart &part)
{
    return !part.problem.isEmpty() || part.format == PayloadFormat::Guess
        || part.format == PayloadFormat::Hex;
}

QString reasonsOf(const DecodedMessage &decoded)
{
    QStringList lines;
    const auto add = [&lines](const DecodedPart &part, const QString &name) {
        for (const DecodingAttempt &attempt : hasFailed(part) ? part.attempts : QList<DecodingAttempt>())
            lines.append(QStringLiteral("%1, %2: %3").arg(name, formatWord(attempt.format), attempt.reason));
    };
    add(decoded.value, MessageDetail::tr("value"));
    add(decoded.key, MessageDetail::tr("key"));
    return lines.join(u'\n');
}

} // namespace

MessageDetail::MessageDetail(Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_decoded(std::make_shared<DecodedMessage>())
    , m_decodingMenu(new DecodingMenu(this))
    , m_head(new MessageHead(theme, *m_decodingMenu, this))
    , m_tabs(new QTabWidget(this))
    , m_fields(new DecodedTree(theme, this))
    , m_json(new PayloadView(theme, tr("JSON"), this))
    , m_text(new PayloadView(theme, tr("Text"), this))
    , m_hex(new PayloadView(theme, tr("Bytes"), this))
    , m_headers(new DetailList(theme, tr("Headers"), this))
    , m_reasons(new PayloadView(theme, tr("Ways of reading that did not do"), this))
    , m_findBar(new FindBar(theme, this))
    , m_finder(new MessageFinder(*m_findBar, this))
    , m_chosenTab(m_fields)
{
    setProperty("role", QStringLiteral("surface"));
    setAttribute(Qt::WA_StyledBackground);
    setMinimumWidth(260);
    makeTabs();
    makeActions();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_head);
    layout->addWidget(m_tabs, 1);
    layout->addWidget(m_findBar);

    connect(m_head, &MessageHead::closeRequested, this, &MessageDetail::closeRequested);
    connect(m_head, &MessageHead::copyRequested, this, &MessageDetail::copyTab);
    connect(m_head, &MessageHead::recordRequested, m_showRecord, &QAction::trigger);
    connect(m_fields, &DecodedTree::showRequested, this, &MessageDetail::revealRequested);
    connect(m_fields, &DecodedTree::columnRequested, this, &MessageDetail::columnRequested);
    connect(m_findBar, &FindBar::closed, this, &MessageDetail::closeFind);
}

void MessageDetail::makeTabs()
{
    m_json->setObjectName(QStringLiteral("messageJson"));
    m_text->setObjectName(QStringLiteral("messageText"));
    m_hex->setObjectName(QStringLiteral("messageHex"));
    m_headers->setObjectName(QStringLiteral("messageHeaders"));
    m_reasons->setObjectName(QStringLiteral("messageReasons"));
    m_tabs->setStyleSheet(QStringLiteral("QTabWidget::tab-bar { left: 12px; }"));
    m_tabs->tabBar()->setAccessibleName(tr("Views of the message"));
    m_tabs->setUsesScrollButtons(true);
    m_tabs->addTab(m_fields, tr("Fields"));
    m_tabs->addTab(m_json, tr("JSON"));
    m_tabs->addTab(m_text, tr("Text"));
    m_tabs->addTab(m_hex, tr("Hex"));
    m_tabs->addTab(m_headers, tr("Headers"));
    m_tabs->addTab(m_reasons, tr("Reasons"));
    m_tabs->setTabVisible(m_tabs->indexOf(m_reasons), false);
    connect(m_tabs, &QTabWidget::currentChanged, this, [this] {
        if (!m_isRestoring)
            chooseTab();
    });
}

void MessageDetail::chooseTab()
{
    m_chosenTab = m_tabs->currentWidget();
    m_settings.setValue(TabKey, m_chosenTab->objectName());
    fillTab();
    followFind();
}

void MessageDetail::keepIn(const StreamSettings &settings)
{
    m_settings = settings;
    const QString kept = settings.value(TabKey, m_chosenTab->objectName()).toString();
    for (QWidget *tab :
         std::initializer_list<QWidget *>{m_fields, m_json, m_text, m_hex, m_headers, m_reasons}) {
        if (tab->objectName() == kept)
            m_chosenTab = tab;
    }
    restoreTab(m_tabs->isTabVisible(m_tabs->indexOf(m_reasons)));
    fillTab();
    followFind();
}

void MessageDetail::makeActions()
{
    m_find = new QAction(m_theme.icon(QStringLiteral("search")), tr("Find in the &message"), this);
    m_find->setShortcut(QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_M));
    m_find->setToolTip(tr("Find in the tab that is shown; Ctrl+F in the message does it, too"));
    connect(m_find, &QAction::triggered, this, &MessageDetail::openFind);
    m_showRecord = new QAction(m_theme.icon(QStringLiteral("record")), tr("Show the message's &record"),
                               this);
    m_showRecord->setShortcut(QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_O));
    m_showRecord->setEnabled(false);
    connect(m_showRecord, &QAction::triggered, this,
            [this] { Q_EMIT recordRequested(m_decoded->entity, m_decoded->recordId); });
}

void MessageDetail::showMessage(const StreamMessage &message, const DecodedMessage &decoded)
{
    m_message = message;
    m_decoded = std::make_shared<const DecodedMessage>(decoded);
    ++m_generation;
    m_filled.clear();
    m_showRecord->setEnabled(!decoded.entity.isEmpty() && !decoded.isStreamOnly
                             && !decoded.recordId.isEmpty());
    m_head->showMessage(message, decoded);
    m_fields->setMessage(m_decoded);
    m_headers->setRows(decoded.headers);
    m_tabs->setTabText(m_tabs->indexOf(m_headers), tr("Headers %1").arg(message.headers.size()));
    const QString reasons = reasonsOf(decoded);
    m_reasons->setText(reasons);
    m_filled.insert(m_reasons);
    restoreTab(!reasons.isEmpty());
    for (PayloadView *view : {m_json, m_text, m_hex}) {
        if (view != m_tabs->currentWidget())
            view->clear(); // nothing of another message is kept
    }
    fillTab();
    followFind();
}

void MessageDetail::restoreTab(bool hasReasons)
{
    m_isRestoring = true;
    m_tabs->setTabVisible(m_tabs->indexOf(m_reasons), hasReasons);
    m_tabs->setCurrentWidget(m_chosenTab == m_reasons && !hasReasons ? m_fields : m_chosenTab);
    m_isRestoring = false;
}

// Only the one that is looked at: what a large message takes to be made ready is not spent on all.
void MessageDetail::fillTab()
{
    QWidget *tab = m_tabs->currentWidget();
    if (m_filled.contains(tab))
        return;
    m_filled.insert(tab);
    auto *view = qobject_cast<PayloadView *>(tab);
    if (!view)
        return;
    const QString instead = withoutPayload();
    const DecodedNode &root = m_decoded->value.root;
    const bool hasFields = root.kind == DecodedNode::Kind::Object || root.kind == DecodedNode::Kind::List;
    if (view == m_json && m_message.hasValue && hasFields)
        fillLater(*view, [decoded = m_decoded] { return jsonText(decoded->value.root); });
    else if (!instead.isEmpty())
        view->setText(instead);
    else if (view == m_json)
        view->setText(tr("The value has no fields. Text and Hex show it as it is."));
    else if (view == m_hex)
        view->setBytes(m_message.value, m_decoded->value.sensitive);
    else
        fillLater(*view, [value = m_message.value, decoded = m_decoded] {
            return shownText(value, decoded->value.sensitive);
        });
}

void MessageDetail::fillLater(PayloadView &view, std::function<QString()> text)
{
    if (m_message.value.size() <= AtOnce) {
        view.setText(text());
        return;
    }
    view.setText(tr("Getting ready…"));
    whenFinished(QtConcurrent::run(std::move(text)), this,
                 [this, &view, generation = m_generation](const QString &made) {
                     if (generation != m_generation)
                         return;
                     view.setText(made);
                     followFind();
                 });
}

QString MessageDetail::withoutPayload() const
{
    if (!m_decoded->value.withheld.isEmpty())
        return tr("The bytes are not shown. %1").arg(m_decoded->value.withheld);
    return m_message.hasValue ? QString() : tr("No value: a tombstone.");
}

QAction *MessageDetail::showValueAction() const
{
    return m_fields->showAction();
}

QAction *MessageDetail::showAsColumnAction() const
{
    return m_fields->columnAction();
}

void MessageDetail::allowRevealing()
{
    m_fields->setShowing(DecodedTree::Showing::OnRequest);
}

void MessageDetail::showRevealed(MessagePart part, const NodePath &path, const QString &text)
{
    m_fields->setShown(part, path, text);
}

void MessageDetail::showProblem(const QString &sentence)
{
    m_head->showProblem(sentence);
}

FindTarget *MessageDetail::currentTarget() const
{
    return dynamic_cast<FindTarget *>(m_tabs->currentWidget());
}

void MessageDetail::openFind()
{
    if (isHidden())
        return;
    m_findBar->open();
    m_finder->setTarget(currentTarget());
}

void MessageDetail::closeFind()
{
    m_findBar->hide();
    m_finder->setTarget(nullptr);
    m_tabs->currentWidget()->setFocus();
}

void MessageDetail::followFind()
{
    if (!m_findBar->isHidden())
        m_finder->setTarget(currentTarget());
}

bool MessageDetail::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->matches(QKeySequence::Find) || key->matches(QKeySequence::Copy)
            || key->key() == Qt::Key_F3) {
            event->accept(); // ours while the focus is in here, not the page's
            return true;
        }
    }
    return QWidget::event(event);
}

void MessageDetail::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Find) || (event->key() == Qt::Key_F3 && m_findBar->isHidden()))
        openFind();
    else if (event->key() == Qt::Key_F3)
        m_finder->step(event->modifiers() & Qt::ShiftModifier ? -1 : 1);
    else if (event->key() == Qt::Key_Escape)
        Q_EMIT closeRequested();
    else
        QWidget::keyPressEvent(event);
}

void MessageDetail::copyTab() const
{
    if (const auto *view = qobject_cast<const PayloadView *>(m_tabs->currentWidget()))
        view->copyAll();
    else
        QGuiApplication::clipboard()->setText(m_tabs->currentWidget() == m_fields ? m_fields->text()
                                                                                  : m_headers->text());
}

} // namespace desk
