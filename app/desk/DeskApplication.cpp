// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desk/DeskApplication.h"

#include "models/store/WhenFinished.h"
#include "ui/workspaces/PasswordPrompt.h"
#include "ui/workspaces/WorkspaceDialog.h"

#include <QCoreApplication>
#include <QDir>
#include <QEvent>

namespace desk {

namespace {

const char *const ThemeKey = "theme";
const char *const WorkspaceKey = "workspace";
const char *const GeometryKey = "window/geometry";
const char *const LayoutKey = "window/layout";
const char *const PageKey = "window/page";
constexpr int RememberMilliseconds = 1'000; // after the last change: a power cut asks nobody

QString themeText(Theme::Mode mode)
{
    switch (mode) {
    case Theme::Mode::Light:
        return QStringLiteral("light");
    case Theme::Mode::Dark:
        return QStringLiteral("dark");
    case Theme::Mode::System:
        break;
    }
    return QStringLiteral("system");
}

bool wantsBrokerPassword(const BrokerSettings &brokers)
{
    return !brokers.embedded && !brokers.saslUser.isEmpty() && brokers.saslPassword.isEmpty()
        && !brokers.saslMechanism.startsWith(QLatin1String("OAUTH"));
}

} // namespace

QString DeskApplication::settingsFile(const WorkspaceRepository &repository)
{
    return QDir(repository.configFolder()).filePath(QStringLiteral("desk.ini"));
}

Theme::Mode DeskApplication::rememberedTheme(const WorkspaceRepository &repository)
{
    const QSettings settings(settingsFile(repository), QSettings::IniFormat);
    const QString mode = settings.value(QLatin1String(ThemeKey)).toString();
    for (const Theme::Mode known : {Theme::Mode::Light, Theme::Mode::Dark}) {
        if (mode == themeText(known))
            return known;
    }
    return Theme::Mode::System;
}

QString DeskApplication::rememberedWorkspace(const WorkspaceRepository &repository)
{
    return QSettings(settingsFile(repository), QSettings::IniFormat)
        .value(QLatin1String(WorkspaceKey))
        .toString();
}

DeskApplication::DeskApplication(Theme &theme, const WorkspaceRepository &repository,
                                 std::unique_ptr<SecretStore> secrets, QObject *parent)
    : QObject(parent)
    , m_theme(theme)
    , m_repository(repository)
    , m_secrets(std::move(secrets))
    , m_settings(settingsFile(repository), QSettings::IniFormat)
{
    m_rememberTimer.setSingleShot(true);
    m_rememberTimer.setInterval(RememberMilliseconds);
    connect(&m_rememberTimer, &QTimer::timeout, this, &DeskApplication::remember);
}

DeskApplication::~DeskApplication()
{
    close();
}

void DeskApplication::open(const Workspace &workspace, const QString &page)
{
    if (!m_window) {
        openNow(workspace, page);
        return;
    }
    // From the event loop: the window that goes may just be asking about it.
    m_window->leave([this, workspace, page] {
        QMetaObject::invokeMethod(
            this, [this, workspace, page] { openNow(workspace, page); }, Qt::QueuedConnection);
    });
}

void DeskApplication::openNow(const Workspace &workspace, const QString &page)
{
    // Only passwords of the brokers are looked up beforehand: the database says itself when it wants one.
    Workspace complete = workspace;
    complete.database.password = m_passwords.value(workspace.secretKey(QStringLiteral("database")),
                                                   workspace.database.password);
    complete.brokers.saslPassword = m_passwords.value(workspace.secretKey(QStringLiteral("brokers")),
                                                      workspace.brokers.saslPassword);
    if (!wantsBrokerPassword(complete.brokers)) {
        show(complete, page);
        return;
    }
    const QString key = workspace.secretKey(QStringLiteral("brokers"));
    whenFinished(m_secrets->readAsync(key), this, [this, complete, page, key](const Expected<QString> &kept) {
        Workspace ready = complete;
        if (kept) {
            ready.brokers.saslPassword = *kept;
            show(ready, page);
            return;
        }
        const auto keeping = kept.error().code == ErrorCode::NotSupported
            ? PasswordPrompt::Keeping::MemoryOnly
            : PasswordPrompt::Keeping::Keychain;
        auto *prompt = new PasswordPrompt(tr("%1 at the brokers").arg(ready.brokers.saslUser), {}, keeping,
                                          m_window.get());
        connect(prompt, &PasswordPrompt::entered, this,
                [this, ready, page, key](const QString &password, bool keep) {
                    m_passwords.insert(key, password);
                    if (keep)
                        m_secrets->writeAsync(key, password);
                    Workspace typed = ready;
                    typed.brokers.saslPassword = password;
                    show(typed, page);
                });
        // Without it the records can be edited all the same; their events wait.
        connect(prompt, &QDialog::rejected, this, [this, ready, page] { show(ready, page); });
        prompt->open();
    });
}

void DeskApplication::show(const Workspace &workspace, const QString &page)
{
    close();
    m_session = std::make_unique<WorkspaceSession>(
        workspace, m_theme, QDir(m_repository.dataFolder()).filePath(QStringLiteral("images")),
        m_remembers ? settingsFile(m_repository) : QString());
    m_window = std::make_unique<DeskWindow>(*m_session, m_theme);
    m_window->installEventFilter(this);
    connect(m_window.get(), &DeskWindow::workspacesRequested, this, &DeskApplication::showWorkspaces);
    connect(m_window.get(), &DeskWindow::decodingChanged, this, &DeskApplication::keepDecoding);
    connect(&m_window->menus(), &WindowMenus::themeChosen, this, [this](Theme::Mode mode) {
        m_theme.setMode(mode);
        if (m_remembers)
            m_settings.setValue(QLatin1String(ThemeKey), themeText(mode));
    });
    if (m_remembers) {
        m_window->restoreGeometry(m_settings.value(QLatin1String(GeometryKey)).toByteArray());
        m_window->restoreLayout(m_settings.value(QLatin1String(LayoutKey)).toByteArray());
        m_settings.setValue(QLatin1String(WorkspaceKey),
                            workspace.id == QLatin1String("command-line") ? QString() : workspace.name);
    }
    const QString remembered = m_remembers ? m_settings.value(QLatin1String(PageKey)).toString() : QString();
    const QString first = m_window->page(QStringLiteral("product")) ? QStringLiteral("product")
                                                                    : m_window->firstPage();
    for (const QString &wanted : {page, remembered, first}) {
        if (m_window->page(wanted)) {
            m_window->showPage(wanted);
            break;
        }
    }
    watchDatabase();
    connect(m_window.get(), &MainWindow::pageShown, &m_rememberTimer, qOverload<>(&QTimer::start));
    connect(m_window.get(), &MainWindow::layoutChanged, &m_rememberTimer, qOverload<>(&QTimer::start));
    m_window->show();
    m_session->start();
    Q_EMIT opened();
}

void DeskApplication::close()
{
    if (m_window)
        remember();
    m_window.reset();
    m_session.reset();
}

void DeskApplication::remember()
{
    m_rememberTimer.stop();
    if (!m_remembers || !m_window)
        return;
    m_settings.setValue(QLatin1String(GeometryKey), m_window->saveGeometry());
    m_settings.setValue(QLatin1String(LayoutKey), m_window->layoutState());
    m_settings.setValue(QLatin1String(PageKey), m_window->currentPage());
    m_settings.sync();
}

void DeskApplication::quit()
{
    remember();
    QCoreApplication::quit();
}

bool DeskApplication::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_window.get()) {
        switch (event->type()) {
        case QEvent::Close:
            remember(); // it may be refused; then once more
            break;
        case QEvent::Move:
        case QEvent::Resize:
        case QEvent::WindowStateChange:
            m_rememberTimer.start();
            break;
        default:
            break;
        }
    }
    return QObject::eventFilter(watched, event);
}

void DeskApplication::watchDatabase()
{
    connect(&m_session->store(), &StoreClient::stateChanged, this, [this](StoreClient::State state) {
        if (state == StoreClient::State::Away && m_session->store().error().code == ErrorCode::Unauthorised)
            askDatabasePassword();
        else if (state == StoreClient::State::Ready)
            m_hasDeclined = false;
    });
    m_hasDeclined = false;
    connect(m_window.get(), &DeskWindow::passwordRequested, this, [this] {
        m_hasDeclined = false;
        askDatabasePassword();
    });
}

void DeskApplication::askDatabasePassword()
{
    // The store tries again by itself while the operator types, and after they have said no.
    if (m_isAsking || m_hasDeclined)
        return;
    m_isAsking = true;
    const Workspace workspace = m_session->workspace();
    const QString key = workspace.secretKey(QStringLiteral("database"));
    const bool wasTyped = m_passwords.contains(key);
    whenFinished(m_secrets->readAsync(key), m_session.get(),
                 [this, workspace, key, wasTyped](const Expected<QString> &kept) {
                     // The kept one is tried first, but not twice.
                     if (kept && !wasTyped && workspace.database.password != *kept) {
                         m_isAsking = false;
                         m_session->setDatabasePassword(*kept);
                         return;
                     }
                     const bool hasKeychain = kept || kept.error().code != ErrorCode::NotSupported;
                     auto *prompt = new PasswordPrompt(workspace.database.toText(),
                                                       m_session->store().error().sentence,
                                                       hasKeychain ? PasswordPrompt::Keeping::Keychain
                                                                   : PasswordPrompt::Keeping::MemoryOnly,
                                                       m_window.get());
                     connect(prompt, &PasswordPrompt::entered, m_session.get(),
                             [this, key](const QString &password, bool keep) {
                                 m_passwords.insert(key, password);
                                 if (keep)
                                     m_secrets->writeAsync(key, password);
                                 m_session->setDatabasePassword(password);
                             });
                     connect(prompt, &QDialog::rejected, this, [this] { m_hasDeclined = true; });
                     connect(prompt, &QObject::destroyed, this, [this] { m_isAsking = false; });
                     prompt->open();
                 });
}

// In the workspace's file, where it has one; the sample's and the command line's end with the window.
void DeskApplication::keepDecoding(const DecodingSettings &settings)
{
    const QString id = m_session->workspace().id;
    Expected<Workspace> kept = m_repository.find(m_session->workspace().name);
    if (!m_remembers || !kept || kept->isSample || kept->id != id)
        return;
    kept->decoding = settings;
    if (const Expected<> saved = m_repository.save(*kept); !saved)
        m_window->notices().show(Notice::error(saved.error(), QStringLiteral("decoding")));
}

// Which columns are sensitive is part of the catalog, which all threads share as it was read.
void DeskApplication::remindOfNames(const Workspace &workspace)
{
    const QString topic = QStringLiteral("sensitiveNames");
    m_window->notices().withdraw(topic);
    if (workspace.decoding.sensitiveNames == m_session->services().catalog->sensitivePatterns())
        return;
    m_window->notices().show(
        {Notice::Kind::Information,
         tr("The stream follows the new names of sensitive values now; the tables and forms of "
            "records do when the workspace is opened again."),
         topic, tr("Open again"), [this, workspace] {
             QMetaObject::invokeMethod(
                 this, [this, workspace] { open(workspace); }, Qt::QueuedConnection);
         }});
}

void DeskApplication::showWorkspaces()
{
    auto *dialog = new WorkspaceDialog(m_repository, *m_secrets, m_theme, m_window.get());
    dialog->setCurrent(m_session->workspace().name);
    // From the event loop: opening replaces the window that the dialog stands on.
    connect(
        dialog, &WorkspaceDialog::openRequested, this,
        [this](const Workspace &workspace) { open(workspace); }, Qt::QueuedConnection);
    connect(dialog, &WorkspaceDialog::passwordTyped, this,
            [this](const QString &key, const QString &password) { m_passwords.insert(key, password); });
    connect(dialog, &WorkspaceDialog::saved, m_window.get(), [this](const Workspace &workspace) {
        if (workspace.id == m_session->workspace().id) {
            m_window->setStreamSettings(workspace);
            remindOfNames(workspace);
        }
    });
    dialog->open();
}

} // namespace desk
