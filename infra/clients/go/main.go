// The published Go client. Arguments: gRPC address, REST address (not used), model.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"sync/atomic"
	"time"

	"github.com/camunda-community-hub/zeebe-client-go/v8/pkg/entities"
	"github.com/camunda-community-hub/zeebe-client-go/v8/pkg/worker"
	"github.com/camunda-community-hub/zeebe-client-go/v8/pkg/zbc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

var failed = false

func step(name string, act func() error) {
	if err := act(); err != nil {
		failed = true
		fmt.Printf("not ok %s: %v\n", name, err)
		return
	}
	fmt.Printf("ok %s\n", name)
}

func expect(what string, value any, expected any) error {
	if fmt.Sprint(value) != fmt.Sprint(expected) {
		return fmt.Errorf("expected %s to be %v, but it is %v", what, expected, value)
	}
	return nil
}

func within() context.Context {
	bound, _ := context.WithTimeout(context.Background(), 25*time.Second)
	return bound
}

func main() {
	client, err := zbc.NewClient(&zbc.ClientConfig{GatewayAddress: os.Args[1], UsePlaintextConnection: true})
	if err != nil {
		panic(err)
	}
	defer client.Close()

	start := func(variables map[string]any) (map[string]any, error) {
		command, err := client.NewCreateInstanceCommand().BPMNProcessId("claim").LatestVersion().VariablesFromMap(variables)
		if err != nil {
			return nil, err
		}
		answer, err := command.WithResult().Send(within())
		if err != nil {
			return nil, err
		}
		result := map[string]any{}
		return result, json.Unmarshal([]byte(answer.GetVariables()), &result)
	}
	pay := func(claim string) error {
		command, err := client.NewPublishMessageCommand().MessageName("claim-paid").CorrelationKey(claim).
			TimeToLive(10 * time.Second).VariablesFromMap(map[string]any{"paid": true})
		if err == nil {
			_, err = command.Send(within())
		}
		return err
	}
	var seen, pushed atomic.Int32
	handle := func(jobs worker.JobClient, job entities.Job) {
		seen.Add(1)
		variables, _ := job.GetVariablesAsMap()
		headers, _ := job.GetCustomHeadersAsMap()
		if variables["unfair"] == true {
			jobs.NewThrowErrorCommand().JobKey(job.Key).ErrorCode("UNFAIR").Send(within())
			return
		}
		if variables["shaky"] == true && job.Retries == 3 {
			jobs.NewFailJobCommand().JobKey(job.Key).Retries(2).ErrorMessage("shaky").Send(within())
			return
		}
		command, _ := jobs.NewCompleteJobCommand().JobKey(job.Key).
			VariablesFromMap(map[string]any{"tone": headers["tone"], "retries": job.Retries})
		command.Send(within())
	}

	step("topology", func() error {
		answer, err := client.NewTopologyCommand().Send(within())
		if err != nil {
			return err
		}
		return expect("partitions", answer.GetPartitionsCount(), 1)
	})
	step("deploy", func() error {
		answer, err := client.NewDeployResourceCommand().AddResourceFile(os.Args[3]).Send(within())
		if err != nil {
			return err
		}
		return expect("the process", answer.GetDeployments()[0].GetProcess().GetBpmnProcessId(), "claim")
	})
	step("refusal", func() error {
		_, err := client.NewCreateInstanceCommand().BPMNProcessId("nobody").LatestVersion().Send(within())
		return expect("the code", status.Code(err), codes.NotFound)
	})
	polling := client.NewJobWorker().JobType("check-claim").Handler(handle).PollInterval(100 * time.Millisecond).Open()
	step("work and result", func() error {
		if err := pay("go-1"); err != nil {
			return err
		}
		result, err := start(map[string]any{"claim": "go-1"})
		if err != nil {
			return err
		}
		return expect("the result", []any{result["tone"], result["paid"]}, []any{"friendly", true})
	})
	step("failure and retry", func() error {
		if err := pay("go-2"); err != nil {
			return err
		}
		result, err := start(map[string]any{"claim": "go-2", "shaky": true})
		if err != nil {
			return err
		}
		return expect("the retries", result["retries"], 2)
	})
	step("error", func() error {
		before := seen.Load()
		if _, err := start(map[string]any{"claim": "go-3", "unfair": true}); err != nil {
			return err
		}
		return expect("the jobs", seen.Load(), before+1)
	})
	polling.Close()
	polling.AwaitClose()
	step("push", func() error {
		jobs := make(chan entities.Job)
		streaming, stop := context.WithCancel(context.Background())
		defer stop()
		go client.NewStreamJobsCommand().JobType("check-claim").Consumer(jobs).Timeout(time.Minute).WorkerName("pushed").Send(streaming)
		go func() {
			for job := range jobs {
				pushed.Add(1)
				client.NewCompleteJobCommand().JobKey(job.Key).Send(within())
			}
		}()
		time.Sleep(500 * time.Millisecond)
		if err := pay("go-4"); err != nil {
			return err
		}
		if _, err := start(map[string]any{"claim": "go-4"}); err != nil {
			return err
		}
		return expect("the jobs", pushed.Load(), 1)
	})
	step("cancel", func() error {
		answer, err := client.NewCreateInstanceCommand().BPMNProcessId("claim").LatestVersion().Send(within())
		if err != nil {
			return err
		}
		key := answer.GetProcessInstanceKey()
		if _, err := client.NewCancelInstanceCommand().ProcessInstanceKey(key).Send(within()); err != nil {
			return err
		}
		_, err = client.NewCancelInstanceCommand().ProcessInstanceKey(key).Send(within())
		return expect("the code", status.Code(err), codes.NotFound)
	})
	if failed {
		os.Exit(1)
	}
}
