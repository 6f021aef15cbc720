// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/WhenFinished.h"
#include "models/workspace/Workspace.h"
#include "ui/cluster/FigureQueue.h"
#include "ui/shell/Page.h"

#include <QElapsedTimer>
#include <QTimer>

class QAbstractItemModel;
class QLabel;
class QLineEdit;
class QSortFilterProxyModel;

namespace desk {

class EmptyState;
class LineTable;
class TaskBar;
class Theme;

// A page with a list of what the cluster has (topics, groups) and the chosen one's detail beside it. The list comes in
// one answer and is asked for again while the page is in front; figures that must be asked for row by row follow in
// portions, for what is on the screen first. Answers to old questions are dropped. The derived page asks and shows.
// GUI thread.
class ClusterListPage : public Page
{
    Q_OBJECT

public:
    [[nodiscard]] QList<QAction *> menuActions(PageMenu menu) const override;
    [[nodiscard]] QList<QWidget *> focusParts() override;
    void activated() override;

    void refresh();

protected:
    // `model` has a row for each and becomes a child; `figuresAtOnce`: how many rows are asked about in one question.
    ClusterListPage(const BrokerSettings &brokers, Theme &theme, QAbstractItemModel *model, int sortRole,
                    qsizetype figuresAtOnce, QWidget *parent);

    // `filter` ("&Filter topics") names the field and its action; `left` stands before the field and `right` behind the summary.
    void layOut(const QString &filter, const QList<QWidget *> &left, const QList<QWidget *> &right,
                QWidget *detail, const QList<int> &sizes);

    // Begins the question for the list, by asked().
    virtual void ask() = 0;
    virtual void askDetail() = 0;
    // Begins the question for these rows' figures; takeMore() or figuresFailed() follow.
    virtual void askFigures(const QStringList &names) = 0;
    [[nodiscard]] virtual QStringList allNames() const = 0;
    // Of a row of the model; empty: there are no figures to ask for.
    [[nodiscard]] virtual QString nameOf(int row) const = 0;
    virtual void showSummary() = 0;

    // Takes the list's answer, unless another question has been asked since.
    template <typename Answer, typename Take>
    void asked(const QFuture<Expected<Answer>> &answer, Take take)
    {
        const quint64 question = ++m_question;
        whenFinished(answer, this, [this, question, take](const Expected<Answer> &list) {
            if (question != m_question)
                return;
            m_isAsking = false;
            take(list);
        });
    }
    // Everything anew: something was changed, or the operator asked.
    void askAgain();
    // The list has come: its figures are asked for, if anybody looks.
    void beginFigures();
    void takeMoreFigures();
    void figuresFailed(const QString &sentence);
    // What was read last stays: the summary says that it has aged.
    void showAway(const QString &summary, const QString &title, const QString &sentence);
    // With how many rows have their figures, while a long round goes on.
    [[nodiscard]] QString withProgress(const QString &summary) const;
    [[nodiscard]] QList<int> selectedRows() const; // of the model
    void stopRefreshing() { m_refreshTimer.stop(); }

    [[nodiscard]] QAbstractItemModel *model() const;
    [[nodiscard]] LineTable *table() const { return m_table; }
    [[nodiscard]] EmptyState *empty() const { return m_empty; }
    [[nodiscard]] TaskBar *taskBar() const { return m_taskBar; }
    [[nodiscard]] QLabel *summary() const { return m_summary; }
    [[nodiscard]] QAction *refreshAction() const { return m_refresh; }

private:
    void makeActions(Theme &theme);
    [[nodiscard]] QStringList namesOnScreen() const;
    void askNextFigures();

    BrokerSettings m_brokers;
    QSortFilterProxyModel *m_shown;
    LineTable *m_table;
    EmptyState *m_empty;
    TaskBar *m_taskBar;
    QLineEdit *m_filter;
    QLabel *m_summary;
    QAction *m_refresh;
    QAction *m_search;
    QWidget *m_detail = nullptr;
    QTimer m_refreshTimer; // while the page is in front
    FigureQueue m_figures;
    QElapsedTimer m_allFigures; // since the last round over all rows began
    qsizetype m_figuresAtOnce;
    quint64 m_question = 0;
    bool m_isAsking = false;
    bool m_isCounting = false; // a portion of figures is on its way
};

} // namespace desk
