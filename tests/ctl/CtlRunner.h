// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <signal.h>

namespace desk {

// What one run of catalogctl gave.
struct CtlResult {
    int code = -1; // -1: it did not start, crashed or hung
    QString out;
    QString error;

    [[nodiscard]] QList<QJsonObject> json() const
    {
        QList<QJsonObject> objects;
        for (const QString &line : out.split(QLatin1Char('\n'), Qt::SkipEmptyParts))
            objects.append(QJsonDocument::fromJson(line.toUtf8()).object());
        return objects;
    }
    [[nodiscard]] QByteArray text() const
    {
        return QStringLiteral("exit %1\n%2%3").arg(code).arg(out, error).toUtf8();
    }
};

// Runs the built catalogctl as a person or script would, in a home of its own and with none of the test's
// own settings. Test thread.
class CtlRunner
{
public:
    CtlRunner()
    {
        for (const QString &name : QProcessEnvironment::systemEnvironment().keys()) {
            const bool isSetting = name.startsWith(QLatin1String("DATABASE"))
                || name.startsWith(QLatin1String("POSTGRES")) || name.startsWith(QLatin1String("PG"))
                || name.startsWith(QLatin1String("BOOTSTRAP")) || name.startsWith(QLatin1String("SASL"))
                || name.startsWith(QLatin1String("TOPICS_")) || name == QLatin1String("KAFKA_HOST")
                || name == QLatin1String("SCHEMA_REGISTRY_URL");
            if (!isSetting)
                environment.insert(name, qEnvironmentVariable(name.toLocal8Bit().constData()));
        }
        environment.insert(QStringLiteral("CATALOG_DESK_HOME"), folder.filePath(QStringLiteral("home")));
        environment.insert(QStringLiteral("LOGNAME"), QStringLiteral("tester"));
    }

    static QString program()
    {
        const QString binaries = qEnvironmentVariable("CATALOG_BINARIES",
                                                      QCoreApplication::applicationDirPath());
        return binaries + QStringLiteral("/catalogctl");
    }

    CtlResult run(const QStringList &arguments, int seconds = 120) const
    {
        QProcess process;
        start(process, arguments);
        CtlResult result;
        if (!process.waitForFinished(seconds * 1000)) {
            process.kill();
            process.waitForFinished();
            result.error = QStringLiteral("It did not end.");
            return result;
        }
        if (process.exitStatus() == QProcess::NormalExit)
            result.code = process.exitCode();
        result.out = QString::fromUtf8(process.readAllStandardOutput());
        result.error = QString::fromUtf8(process.readAllStandardError());
        return result;
    }
    // The same, on the database in use.
    CtlResult onDatabase(const QStringList &arguments) const
    {
        return run(QStringList{QStringLiteral("--database"), database} + arguments);
    }

    void start(QProcess &process, const QStringList &arguments) const
    {
        process.setProcessEnvironment(environment);
        process.setStandardInputFile(QProcess::nullDevice());
        process.setWorkingDirectory(folder.path());
        process.start(program(), arguments);
    }

    QString write(const QString &name, const QByteArray &contents) const
    {
        QFile file(folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(contents) != contents.size())
            qFatal("%s cannot be written.", qPrintable(file.fileName()));
        return file.fileName();
    }
    QByteArray read(const QString &name) const
    {
        QFile file(folder.filePath(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("none");
    }

    QTemporaryDir folder;
    QProcessEnvironment environment;
    QString database = QStringLiteral("sqlite:") + folder.filePath(QStringLiteral("shop.db"));
};

} // namespace desk

// Compare the exit code, and show what was printed when it is another. Runs the command once.
#define CTL_EXIT(run, expected)                                                                              \
    do {                                                                                                     \
        const CtlResult ctlResult = (run);                                                                   \
        QVERIFY2(ctlResult.code == (expected), ctlResult.text().constData());                                \
        QVERIFY2((expected) == 0 || ctlResult.error.startsWith(QLatin1String("catalogctl: ")),               \
                 ctlResult.text().constData());                                                              \
    } while (false)
#define CTL_DONE(run) CTL_EXIT(run, 0)
#define CTL_FAILED(run) CTL_EXIT(run, 1)
#define CTL_WRONG_USE(run) CTL_EXIT(run, 2)
