// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/streams/StreamFigures.h"

#include "ui/parts/TabularText.h"
#include "ui/shell/Theme.h"
#include "ui/streams/FilteredMessageModel.h"
#include "ui/streams/MessageFilterField.h"
#include "ui/streams/StreamProgressText.h"

#include <QLocale>

namespace desk {
namespace {

constexpr int RefreshMilliseconds = 500;

QString sizeText(double bytes)
{
    return QLocale::c().formattedDataSize(static_cast<qint64>(bytes), bytes < 10'000 ? 1 : 0,
                                          QLocale::DataSizeSIFormat);
}

} // namespace

StreamFigures::StreamFigures(const StreamSession &session, const FilteredMessageModel &filtered,
                             QWidget *parent)
    : QLabel(parent)
    , m_session(session)
    , m_filtered(filtered)
{
    setProperty("role", QStringLiteral("muted"));
    setObjectName(QStringLiteral("streamFigures"));
    setTextFormat(Qt::PlainText);
    setMinimumWidth(1); // gives way before the window has to cut a message's detail
    m_timer.setInterval(RefreshMilliseconds);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        if (isVisible())
            refresh();
    });
    m_timer.start();
}

void StreamFigures::setRates(double messages, double bytes)
{
    m_messages = messages;
    m_bytes = bytes;
}

bool StreamFigures::showProblem()
{
    if (m_session.state() == StreamSession::State::Away) {
        setParts({tr("away: %1").arg(m_session.error().sentence)});
        return true;
    }
    // The field tells the whole sentence; there is no room for it here.
    const auto problem = m_filter ? m_filter->problem() : std::nullopt;
    const QString details = problem ? problem->toText() : m_filtered.problem();
    if (details.isEmpty())
        return false;
    setParts({problem ? tr("filter: see column %1").arg(problem->position + 1) : tr("expression given up")},
             details);
    return true;
}

void StreamFigures::setParts(const QStringList &parts, const QString &details)
{
    m_details = details;
    if (parts == m_parts) {
        fit();
        return;
    }
    m_parts = parts;
    setAccessibleDescription(whole());
    updateGeometry();
    fit();
}

// As many of the first parts as there is room for.
void StreamFigures::fit()
{
    const int room = contentsRect().width();
    QStringList shown = m_parts;
    const auto text = [&] { return shown.join(QStringLiteral(" · ")); };
    while (shown.size() > 1 && fontMetrics().horizontalAdvance(text()) > room)
        shown.removeLast();
    setText(fontMetrics().elidedText(text(), Qt::ElideRight, room));
    const bool isAll = this->text() == whole();
    setToolTip(!m_details.isEmpty() ? m_details : isAll ? QString() : whole());
}

QSize StreamFigures::sizeHint() const
{
    const QMargins margins = contentsMargins();
    return {fontMetrics().horizontalAdvance(whole()) + margins.left() + margins.right() + 1,
            QLabel::sizeHint().height()};
}

void StreamFigures::resizeEvent(QResizeEvent *event)
{
    QLabel::resizeEvent(event);
    fit();
}

QString StreamFigures::stateText() const
{
    switch (m_session.state()) {
    case StreamSession::State::Paused:
        return tr("paused");
    case StreamSession::State::Stopped:
        return tr("stopped");
    case StreamSession::State::Complete:
        return tr("Read to the end: %1 messages").arg(groupedNumber(m_session.log()->endRow()));
    default:
        if (const StreamProgress progress = m_session.progress(); !progress.isCaughtUp())
            return progressText(progress);
        return tr("%1 /s · %2/s").arg(groupedNumber(static_cast<qint64>(m_messages)), sizeText(m_bytes));
    }
}

QStringList StreamFigures::findText() const
{
    if (!m_filtered.hasFilter())
        return {};
    QStringList parts;
    const FilteredMessageModel::Progress progress = m_filtered.progress();
    if (!progress.isComplete())
        parts.append(
            tr("looked at %1 of %2").arg(groupedNumber(progress.lookedAt), groupedNumber(progress.all)));
    parts.append(tr("%1 found").arg(groupedNumber(progress.found)));
    if (progress.partlySeen > 0)
        parts.append(tr("%1 only looked at in part").arg(groupedNumber(progress.partlySeen)));
    return parts;
}

void StreamFigures::refresh()
{
    Q_EMIT progressed();
    const bool isProblem = showProblem();
    Theme::setProperty(this, "role", isProblem ? QStringLiteral("problem") : QStringLiteral("muted"));
    if (isProblem)
        return;
    const MessageLog::Range kept = m_session.log()->range();
    QStringList parts{stateText()};
    parts += findText();
    const bool isAllKept = kept.first == 0;
    if (m_session.state() != StreamSession::State::Complete || !isAllKept)
        parts.append(tr("%1 kept").arg(groupedNumber(kept.end - kept.first)));
    if (!isAllKept)
        parts.append(tr("%1 dropped").arg(groupedNumber(kept.first)));
    setParts(parts);
}

} // namespace desk
