// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QTimer>

class QLabel;

namespace desk {

class LineTable;
class PartitionReadingModel;
class StreamSession;
class Theme;

// Each partition of the live stream: where reading began, how far it is, who leads it, and why it waits if it does.
// Looks twice a second while it is open; goes away when it is closed. GUI thread.
class PartitionReadingDialog : public QDialog
{
    Q_OBJECT

public:
    // The session outlives this.
    PartitionReadingDialog(const StreamSession &session, Theme &theme, QWidget *parent);

    [[nodiscard]] PartitionReadingModel &model() const { return *m_model; }
    void refresh();

private:
    const StreamSession &m_session;
    PartitionReadingModel *m_model;
    QLabel *m_summary;
    LineTable *m_table;
    QTimer m_timer;
};

} // namespace desk
