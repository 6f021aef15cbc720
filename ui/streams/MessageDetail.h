// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kafka/MessageDecoder.h"

#include <QWidget>

class QLabel;
class QPlainTextEdit;
class QPushButton;
class QTabWidget;
class QTreeWidget;

namespace desk {

class Theme;

// One message in full: its fields, its headers, its bytes and its text, and why it could not be decoded if
// so. Holds a copy: the message stays readable when the log has dropped it. GUI thread.
class MessageDetail : public QWidget
{
    Q_OBJECT

public:
    static constexpr qsizetype MaximumTextBytes = 256 * 1024; // shown; Copy takes all of it

    MessageDetail(Theme &theme, QWidget *parent);

    // Masked: the message holds sensitive columns, so its bytes and its text are not shown either.
    enum class Payload { Shown, Masked };

    void showMessage(const StreamMessage &message, const DecodedMessage &decoded, Payload payload);

Q_SIGNALS:
    void closeRequested();
    void recordRequested(const QString &entity, const QString &id);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void fillLists();
    void fillTexts();
    [[nodiscard]] qsizetype bytesPerLine() const; // as many as leave their characters in sight
    [[nodiscard]] QString textToCopy() const;
    [[nodiscard]] QString withoutPayload() const; // why there is none to show; empty: there is

    Theme &m_theme;
    StreamMessage m_message;
    DecodedMessage m_decoded;
    Payload m_payload = Payload::Shown;
    QLabel *m_title;
    QLabel *m_meta;
    QLabel *m_problem;
    QPushButton *m_record;
    QTabWidget *m_tabs;
    QTreeWidget *m_fields;
    QTreeWidget *m_headers;
    QPlainTextEdit *m_bytes;
    qsizetype m_perLine = 16; // in m_bytes
    QPlainTextEdit *m_text;
};

} // namespace desk
