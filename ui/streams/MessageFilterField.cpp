// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/streams/MessageFilterField.h"

#include "ui/shell/Theme.h"
#include "ui/streams/FilterHelp.h"

#include <QAbstractItemView>
#include <QAction>
#include <QCompleter>
#include <QKeyEvent>
#include <QPainter>
#include <QPainterPath>
#include <QStringListModel>
#include <QToolTip>

#include <algorithm>

namespace desk {
namespace {

constexpr int ReadMilliseconds = 200;
constexpr int FewestCharacters = 2; // before names are offered

QStringList commonNames()
{
    return {QStringLiteral("key"),   QStringLiteral("value"),     QStringLiteral("header."),
            QStringLiteral("topic"), QStringLiteral("partition"), QStringLiteral("offset"),
            QStringLiteral("time"),  QStringLiteral("size"),      QStringLiteral("operation")};
}

// Of a wave under a text, from left to right.
QPainterPath wave(qreal left, qreal right, qreal bottom)
{
    constexpr qreal Step = 2;
    QPainterPath path(QPointF(left, bottom));
    bool isUp = true;
    for (qreal x = left + Step; x <= right; x += Step, isUp = !isUp)
        path.lineTo(x, isUp ? bottom - Step : bottom);
    return path;
}

} // namespace

MessageFilterField::MessageFilterField(Theme &theme, QWidget *parent)
    : QLineEdit(parent)
    , m_theme(theme)
    , m_names(new QStringListModel(commonNames(), this))
    , m_completer(new QCompleter(m_names, this))
{
    setPlaceholderText(tr("Filter: text, /expression/ or price > 100"));
    setAccessibleName(tr("Filter messages"));
    setClearButtonEnabled(true);
    setMaxLength(int(MaximumFilterLength));
    setProblem({});
    m_completer->setWidget(this);
    m_completer->setCaseSensitivity(Qt::CaseInsensitive);
    m_completer->popup()->setAccessibleName(tr("Names of fields"));
    connect(m_completer, qOverload<const QString &>(&QCompleter::activated), this,
            &MessageFilterField::takeName);
    auto *help = new QAction(theme.icon(QStringLiteral("help"), Theme::IconColour::Muted),
                             tr("How filters are written"), this);
    addAction(help, QLineEdit::TrailingPosition);
    connect(help, &QAction::triggered, this, &MessageFilterField::showHelp);
    m_timer.setSingleShot(true);
    m_timer.setInterval(ReadMilliseconds);
    connect(&m_timer, &QTimer::timeout, this, &MessageFilterField::readNow);
    connect(this, &QLineEdit::textChanged, this, [this](const QString &text) {
        // A mark under what stood there would be a lie; and nothing typed needs no thought.
        setProblem({});
        if (text.isEmpty())
            readNow();
        else
            m_timer.start();
    });
    connect(this, &QLineEdit::textEdited, this, &MessageFilterField::offerNames);
}

void MessageFilterField::setNames(const QStringList &names)
{
    QStringList all = commonNames() + names;
    all.removeDuplicates();
    all.sort(Qt::CaseInsensitive);
    m_names->setStringList(all);
}

void MessageFilterField::readNow()
{
    m_timer.stop();
    const QString typed = text().trimmed();
    const auto parsed = parseFilter(text());
    setProblem(parsed ? std::nullopt : std::optional(parsed.error()));
    Theme::setProperty(this, "set", parsed && !typed.isEmpty());
    if (!parsed || (typed == m_read && m_filter.has_value() == !typed.isEmpty()))
        return;
    m_read = typed;
    m_filter = typed.isEmpty() ? std::nullopt : std::optional(*parsed);
    Q_EMIT filterChanged();
}

void MessageFilterField::setProblem(const std::optional<FilterProblem> &problem)
{
    const bool isNew = problem.has_value() || m_problem.has_value();
    m_problem = problem;
    const QString help = tr("Text in key, value or headers, /an expression/, or conditions such as "
                            "price > 100 and name ~ lamp");
    setToolTip(problem ? problem->toText() : help);
    setAccessibleDescription(problem ? problem->toText() : help);
    Theme::setProperty(this, "invalid", problem.has_value());
    if (!isNew)
        return;
    update();
    // At the place, until the next key.
    if (problem && hasFocus())
        QToolTip::showText(mapToGlobal(QPoint(0, height())), problem->toText(), this);
    Q_EMIT problemChanged();
}

void MessageFilterField::showHelp()
{
    FilterHelp::open(*this);
}

void MessageFilterField::paintEvent(QPaintEvent *event)
{
    QLineEdit::paintEvent(event);
    if (!m_problem)
        return;
    // The field does not say where a character stands; the cursor does, and the rest is measured from it.
    const QFontMetricsF metrics(font());
    const QRect cursor = cursorRect();
    const qreal origin = cursor.center().x() - metrics.horizontalAdvance(text().left(cursorPosition()));
    const qreal left = origin + metrics.horizontalAdvance(text().left(m_problem->position));
    const qreal length = metrics.horizontalAdvance(text().mid(m_problem->position, m_problem->length));
    constexpr qreal Padding = 8; // of the frame
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(m_theme.colours().refused.text, 1.2));
    const qreal right = left + std::max(length, metrics.averageCharWidth());
    painter.drawPath(wave(std::max(Padding, left), std::min(right, width() - Padding), cursor.bottom() + 1));
}

void MessageFilterField::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        readNow();
    QLineEdit::keyPressEvent(event);
}

MessageFilterField::Word MessageFilterField::wordAtCursor() const
{
    static constexpr QStringView ends = u" ()\"=!<>~,/";
    qsizetype begin = cursorPosition();
    while (begin > 0 && !ends.contains(text()[begin - 1]))
        --begin;
    return {begin, text().mid(begin, cursorPosition() - begin)};
}

void MessageFilterField::offerNames()
{
    const Word word = wordAtCursor();
    // Not within quotes: what stands there is looked for as it is.
    const bool isQuoted = text().left(word.begin).count(u'"') % 2 == 1;
    if (word.text.size() < FewestCharacters || isQuoted) {
        m_completer->popup()->hide();
        return;
    }
    m_completer->setCompletionPrefix(word.text);
    const bool isAll = m_completer->completionCount() == 0
        || (m_completer->completionCount() == 1 && m_completer->currentCompletion() == word.text);
    if (isAll) {
        m_completer->popup()->hide();
        return;
    }
    constexpr int Width = 220;
    m_completer->complete(QRect(cursorRect().left(), 0, Width, height()));
}

void MessageFilterField::takeName(const QString &name)
{
    const Word word = wordAtCursor();
    setSelection(int(word.begin), int(word.text.size()));
    insert(name);
}

} // namespace desk
